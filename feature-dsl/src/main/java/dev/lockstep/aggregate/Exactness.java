package dev.lockstep.aggregate;

/** How a result relates to the mathematical one; every one is the same bits on every path. */
public enum Exactness {
  /** It is the exact result, rounded once where its type can't hold it (C6). */
  EXACT("exact"),
  /** It is computed in doubles, step by step in the window's order (C6). */
  STEPPED("stepped"),
  /** It is an approximation with a stated error, a function of the set of events (C8). */
  APPROXIMATE("approximate");

  private final String text;

  Exactness(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
