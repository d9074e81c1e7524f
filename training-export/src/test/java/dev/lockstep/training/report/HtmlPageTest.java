package dev.lockstep.training.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page may hold and must show, whatever text it is given. */
class HtmlPageTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><img src=x onerror='alert(2)'>\" & <!-- \u2028";

  @TempDir Path home;

  private static HtmlPage page(String text) {
    return HtmlPage.titled(text, text)
        .lead(Facts.none().and(text, text, text))
        .lead(new Notice(Notice.Weight.WARNING, text, text))
        .with(
            Section.of(
                text,
                Block.text(text),
                Block.code(text),
                Block.details(text, text, List.of(Table.of(text, text).row(text, text))),
                Chart.bars(text, List.of(text))
                    .withNote(text)
                    .withX(Axis.of(text))
                    .withY(Axis.of(text))
                    .with(text, 1),
                Chart.curves(text).with(text, new double[] {0, 1}, new double[] {0, 1})));
  }

  @Test
  void othersTextStaysText() {
    String html = page(HOSTILE).render();
    assertFalse(html.contains("alert(1)</script>"), "markup from text");
    assertFalse(html.contains("<img"), "markup from text");
    assertFalse(html.contains("<!--"), "a comment from text");
    assertTrue(html.contains("&lt;img src=x onerror=&#39;alert(2)&#39;&gt;&quot; &amp; "), html);
    assertEquals(count(page("plain").render(), "<script"), count(html, "<script"));
    assertEquals(count(page("plain").render(), "</script"), count(html, "</script"));
  }

  @Test
  void chartsGetTheTextAsItWas() throws IOException {
    String html = page(HOSTILE).render();
    Matcher data =
        Pattern.compile("<script type=\"application/json\">(.*?)</script>").matcher(html);
    assertTrue(data.find());
    JsonNode chart = new ObjectMapper().readTree(data.group(1));
    assertEquals(HOSTILE, chart.get("title").asText());
    assertEquals(HOSTILE, chart.get("categories").get(0).asText());
    assertEquals(HOSTILE, chart.get("series").get(0).get("name").asText());
  }

  @Test
  void asksNothingOfAnyServer() {
    SelfContained.check(page("plain").render());
  }

  @Test
  void policyAllowsTheTwoScriptsAndNothingElse() {
    String html = page(HOSTILE).render();
    Matcher scripts = Pattern.compile("(?s)<script>(.*?)</script>").matcher(html);
    int found = 0;
    while (scripts.find()) {
      found++;
      assertTrue(html.contains(PageParts.hash(scripts.group(1))), "script " + found);
    }
    assertEquals(2, found);
    assertTrue(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline';"), html);
  }

  @Test
  void carriesTheLibraryWithItsLicence() {
    String html = page("plain").render();
    assertTrue(html.contains("/*! Chart.js 4."), "the library");
    assertTrue(html.contains("Permission is hereby granted, free of charge"), "its licence");
  }

  @Test
  void numbersAreThereWithoutScripts() {
    String html =
        HtmlPage.titled("t", "")
            .with(
                Section.of("s", Chart.bars("c", List.of("mon", "tue")).with("rows", 1234567, 0.5)))
            .render();
    String shown = html.replaceAll("(?s)<script.*?</script>", "");
    assertTrue(shown.contains("<td>mon</td><td class=\"n\">1\u202F234\u202F567</td>"), shown);
    assertTrue(shown.contains("<td>tue</td><td class=\"n\">0.5</td>"), shown);
  }

  @Test
  void hasContentsThatLeadToTheChapters() {
    String html = HtmlPage.titled("t", "").with(Section.of("A first one")).render();
    assertTrue(html.contains("<a href=\"#s-a-first-one\">A first one</a>"), html);
    assertTrue(html.contains("<section id=\"s-a-first-one\">"), html);
    assertTrue(html.contains("name=\"viewport\" content=\"width=device-width"), html);
  }

  @Test
  void gapsAreNullsInTheDataAndDashesInTheTable() {
    Chart chart = Chart.lines("c", List.of("a", "b")).with("s", Double.NaN, 2);
    assertTrue(ChartJson.of(chart).contains("\"y\":[null,2]"), ChartJson.of(chart));
    assertEquals(List.of("a", Numbers.NONE), chart.numbers().rows().get(0));
  }

  @Test
  void refusesSeriesThatDontFit() {
    assertThrows(
        IllegalArgumentException.class, () -> Chart.bars("c", List.of("a")).with("s", 1, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> Chart.curves("c").with("s", new double[1], new double[2]));
    assertThrows(IllegalArgumentException.class, () -> Table.of("a", "b").row("only one"));
  }

  @Test
  void seriesKeepTheirOwnNumbers() {
    double[] given = {1, 2};
    Chart chart = Chart.bars("c", List.of("a", "b")).with("s", given);
    given[0] = 9;
    assertArrayEquals(new double[] {1, 2}, chart.series().get(0).y());
  }

  @Test
  void isWrittenWholeAndReplacesAnOlderOne() throws IOException {
    Path file = home.resolve("new/page.html");
    page("first").write(file);
    page("second").write(file);
    assertEquals(page("second").render(), Files.readString(file));
    try (var files = Files.list(home.resolve("new"))) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFolderIsNeverReplaced() throws IOException {
    Path folder = Files.createDirectory(home.resolve("empty"));
    assertThrows(IOException.class, () -> page("p").write(folder));
    assertTrue(Files.isDirectory(folder));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
