package dev.lockstep.training.report;

import java.util.List;

/** A part of a page: a text, a table, a chart, or several. Immutable. */
public interface Block {
  /** Its markup; the same each time. */
  Html html();

  /** A paragraph. */
  static Block text(String text) {
    return () -> Html.element("p", "", Html.text(text));
  }

  /** A paragraph in small print: how a figure was taken. */
  static Block note(String text) {
    return () -> Html.element("p", "note", Html.text(text));
  }

  /** Text as it is, in a fixed pitch. */
  static Block code(String text) {
    return () -> Html.element("pre", "", Html.text(text));
  }

  /** Blocks beside each other where there is room, else below each other. */
  static Block grid(List<? extends Block> blocks) {
    List<Block> held = List.copyOf(blocks);
    return () -> Html.element("div", "grid", Html.join(held.stream().map(Block::html).toList()));
  }

  /** Blocks that a tap on the summary shows; they are there without scripts too. */
  static Block details(String summary, List<? extends Block> blocks) {
    return details(summary, "", blocks);
  }

  /**
   * Blocks that a tap shows.
   *
   * @param aside what stands at the line's end, such as a figure; may be empty
   */
  static Block details(String summary, String aside, List<? extends Block> blocks) {
    List<Block> held = List.copyOf(blocks);
    return () ->
        Html.element(
            "details",
            "",
            Html.element(
                "summary",
                "",
                Html.element("span", "name", Html.text(summary)),
                Html.element("span", "aside", Html.text(aside))),
            Html.element("div", "inside", Html.join(held.stream().map(Block::html).toList())));
  }
}
