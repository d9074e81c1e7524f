package dev.lockstep.training.report;

import java.util.List;
import java.util.stream.Stream;

/** The few figures that a page begins with, each large, with its name below. */
public record Facts(List<Fact> facts) implements Block {

  /**
   * One figure.
   *
   * @param value as shown, such as {@link Numbers} writes it
   * @param remark one line more; may be empty
   */
  public record Fact(String name, String value, String remark) {}

  public Facts {
    facts = List.copyOf(facts);
  }

  public static Facts none() {
    return new Facts(List.of());
  }

  public Facts and(String name, String value) {
    return and(name, value, "");
  }

  public Facts and(String name, String value, String remark) {
    return new Facts(
        Stream.concat(facts.stream(), Stream.of(new Fact(name, value, remark))).toList());
  }

  @Override
  public Html html() {
    return Html.element("dl", "facts", Html.join(facts.stream().map(Facts::html).toList()));
  }

  private static Html html(Fact fact) {
    return Html.element(
        "div",
        "",
        Html.element("dt", "", Html.text(fact.name)),
        Html.element("dd", "value", Html.text(fact.value)),
        Html.element("dd", "remark", Html.text(fact.remark)));
  }
}
