package dev.lockstep.training.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A page in one file: text, tables and charts, with all that draws them inside. It asks nothing of
 * any server; its own policy forbids it to. The same page is the same bytes.
 *
 * @param title also the browser's
 * @param subtitle a line below the title; may be empty
 * @param lead what stands before the contents, such as {@link Facts}
 */
public record HtmlPage(String title, String subtitle, List<Block> lead, List<Section> sections) {

  public HtmlPage {
    lead = List.copyOf(lead);
    sections = List.copyOf(sections);
  }

  public static HtmlPage titled(String title, String subtitle) {
    return new HtmlPage(title, subtitle, List.of(), List.of());
  }

  /** The same with one block more before the contents. */
  public HtmlPage lead(Block block) {
    return new HtmlPage(
        title, subtitle, Stream.concat(lead.stream(), Stream.of(block)).toList(), sections);
  }

  /** The same with one chapter more. */
  public HtmlPage with(Section section) {
    return new HtmlPage(
        title, subtitle, lead, Stream.concat(sections.stream(), Stream.of(section)).toList());
  }

  /** The whole file's text. */
  public String render() {
    PageParts parts = PageParts.load();
    return TEMPLATE
        .formatted(
            policy(parts),
            Html.escape(title),
            parts.style(),
            Html.escape(title),
            Html.escape(subtitle),
            Html.join(lead.stream().map(Block::html).toList()).markup(),
            contents(),
            chapters(),
            parts.library(),
            parts.script())
        .replace("\r\n", "\n");
  }

  /**
   * Writes the page; a file that is there is replaced, by a rename: it is never there in part.
   *
   * @throws IOException if it can't be written; the message names the file
   */
  public void write(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a folder, the page is a file");
    }
    Path whole = file.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".tmp");
    Path folder = whole.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.writeString(part, render(), StandardCharsets.UTF_8);
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String policy(PageParts parts) {
    return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
        + " form-action 'none'; script-src "
        + PageParts.hash(parts.library())
        + " "
        + PageParts.hash(parts.script());
  }

  private String contents() {
    StringBuilder links = new StringBuilder();
    for (Section section : sections) {
      links.append("<a href=\"#").append(id(section)).append("\">");
      links.append(Html.escape(section.title())).append("</a>\n");
    }
    return links.toString();
  }

  private String chapters() {
    StringBuilder chapters = new StringBuilder();
    sections.forEach(s -> chapters.append(s.html(id(s)).markup()).append('\n'));
    return chapters.toString();
  }

  // Letters, digits and hyphens alone, so that it can stand anywhere.
  private static String id(Section section) {
    return "s-" + section.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static final String TEMPLATE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="%s">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>%s</title>
      <style>
      %s</style>
      <noscript><style>.canvas { display: none; }</style></noscript>
      </head>
      <body>
      <header>
      <h1>%s</h1>
      <p class="subtitle">%s</p>
      </header>
      <main>
      %s
      <nav>
      %s</nav>
      %s</main>
      <script>%s</script>
      <script>%s</script>
      </body>
      </html>
      """;
}
