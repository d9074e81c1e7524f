package dev.lockstep.benchmarks.peer;

/** Who answers the common task. */
public enum Peer {
  OURS("count, sum, min, max, avg over 3 windows"),
  TWO_STACKS("  the same, two stacks per window"),
  RESCAN("  the same, reading the window again");

  private final String text;

  Peer(String text) {
    this.text = text;
  }

  /** What it is, for people; under the one it is compared with, indented. */
  public String text() {
    return text;
  }

  /** A new one, without events. */
  public RequestKernel kernel() {
    return switch (this) {
      case OURS -> new OurKernel();
      case TWO_STACKS -> new TwoStacksKernel();
      case RESCAN -> new RescanKernel();
    };
  }
}
