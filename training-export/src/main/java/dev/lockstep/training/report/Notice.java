package dev.lockstep.training.report;

/**
 * Something the reader should know, with its weight.
 *
 * @param title one line
 * @param text what follows from it, and what to do
 */
public record Notice(Weight weight, String title, String text) implements Block {

  /** How much it matters. */
  public enum Weight {
    /** Figures may be wrong because of it. */
    SERIOUS,
    /** To be looked at. */
    WARNING,
    /** Good to know. */
    REMARK,
    /** As it should be. */
    FINE
  }

  @Override
  public Html html() {
    return Html.element(
        "div",
        "notice " + weight.name().toLowerCase(java.util.Locale.ROOT),
        Html.element("strong", "", Html.text(title)),
        Html.element("p", "", Html.text(text)));
  }
}
