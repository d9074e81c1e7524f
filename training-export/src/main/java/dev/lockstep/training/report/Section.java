package dev.lockstep.training.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * A chapter of a page, with an entry in its contents.
 *
 * @param title also its entry; a page has no two of one title
 */
public record Section(String title, List<Block> blocks) {

  public Section {
    blocks = List.copyOf(blocks);
  }

  public static Section of(String title, Block... blocks) {
    return new Section(title, List.of(blocks));
  }

  /** The same with blocks more. */
  public Section and(List<? extends Block> more) {
    return new Section(title, Stream.concat(blocks.stream(), more.stream()).toList());
  }

  Html html(String id) {
    return Html.raw(
        "<section id=\""
            + Html.escape(id)
            + "\">\n"
            + Html.element("h2", "", Html.text(title)).markup()
            + "\n"
            + Html.join(blocks.stream().map(Block::html).toList()).markup()
            + "\n</section>");
  }
}
