package dev.lockstep.training.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of markup that is safe in a page: whatever text goes in comes out as text.
 *
 * <p>Names of features, values of categories and paths are others' text. Only this package makes
 * markup; all others hand over strings, which are escaped here.
 */
public final class Html {
  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /** Text, with all that markup could be made of escaped. */
  public static Html text(String text) {
    return new Html(escape(text));
  }

  /** Pieces one after the other. */
  public static Html join(List<Html> pieces) {
    return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  /** An element without attributes but a class, which may be empty. */
  static Html element(String tag, String cssClass, Html... content) {
    String attribute = cssClass.isEmpty() ? "" : " class=\"" + escape(cssClass) + "\"";
    return raw("<" + tag + attribute + ">" + join(List.of(content)).markup + "</" + tag + ">");
  }

  /** Markup of our own, never with others' text in it. */
  static Html raw(String markup) {
    return new Html(markup);
  }

  /** Text for an attribute in double quotes or between tags. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(isForbidden(c) ? '\uFFFD' : c);
      }
    }
    return escaped.toString();
  }

  // Control characters are no HTML; a NUL ends some readers' text.
  private static boolean isForbidden(char c) {
    return c < ' ' && c != '\n' && c != '\t' && c != '\r';
  }

  String markup() {
    return markup;
  }

  @Override
  public String toString() {
    return markup;
  }
}
