package dev.lockstep.training.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The check that a page needs nothing but itself: for the tests of all pages. */
public final class SelfContained {
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^>]*>");
  private static final Pattern REFERENCE =
      Pattern.compile("\\b(?:src|href|srcset|action|data|poster)\\s*=\\s*\"?([^\"\\s>]*)");

  private SelfContained() {}

  /** Fails if anything in the page refers to what isn't in it. */
  public static void check(String html) {
    String markup = html.replaceAll("(?s)(<script[^>]*>).*?</script>", "$1</script>");
    Matcher tags = TAG.matcher(markup);
    int seen = 0;
    while (tags.find()) {
      seen++;
      Matcher reference = REFERENCE.matcher(tags.group());
      while (reference.find()) {
        assertTrue(reference.group(1).startsWith("#"), tags.group());
      }
    }
    assertTrue(seen > 10, "no page: " + seen + " tags");
    assertFalse(markup.contains("<link"), "a linked file");
    Matcher code = Pattern.compile("(?s)<(script|style)>(.*?)</\\1>").matcher(html);
    while (code.find()) {
      assertFalse(code.group(2).contains("http:"), "an address in " + code.group(1));
      assertFalse(code.group(2).contains("https:"), "an address in " + code.group(1));
      assertFalse(code.group(2).contains("@import"), "an import in " + code.group(1));
      assertFalse(code.group(2).contains("url("), "a file in " + code.group(1));
      assertFalse(code.group(2).contains("sourceMappingURL"), "a map of " + code.group(1));
    }
  }
}
