package dev.lockstep.training.profile.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.define.About;
import dev.lockstep.training.profile.Sets;
import dev.lockstep.training.report.SelfContained;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of real folders: what it shows, and that others' text stays text. */
class TrainingReportPageTest {
  private static final String HOSTILE = "</script><script>alert(1)</script>";

  @TempDir Path home;

  private static Object[] rows(int rows, IntFunction<Object> value) {
    return IntStream.range(0, rows).mapToObj(value).toArray();
  }

  private static Sets hostile() {
    return new Sets()
        .feature(
            "amount", ValueType.DOUBLE, rows(300, i -> i % 11 == 0 ? null : (Object) (i * 1.5)))
        .feature("n" + HOSTILE, ValueType.LONG, rows(300, i -> (long) (i % 4)))
        .feature("channel", ValueType.STRING, rows(300, i -> i % 2 == 0 ? HOSTILE : "web"))
        .feature("flag", ValueType.BOOLEAN, rows(300, i -> i % 3 == 0))
        .feature("since", ValueType.INSTANT, rows(300, i -> Instant.EPOCH.plusSeconds(i)))
        .feature("empty", ValueType.DOUBLE, rows(300, i -> null))
        .label("fraud", ValueType.BOOLEAN, rows(300, i -> i % 5 == 0))
        .planText("plan " + HOSTILE)
        .assumedOnTime("swipes" + HOSTILE);
  }

  private static List<String> headings(String html) {
    Matcher found = Pattern.compile("<h2>(.*?)</h2>").matcher(html);
    return found.results().map(r -> r.group(1)).toList();
  }

  @Test
  void showsEverythingInOrderOfImportance() throws IOException {
    Path set = hostile().publish(home.resolve("set"), 300);
    Path page = set.resolve(TrainingReportPage.FILE);
    TrainingReportPage.write(set, page);
    String html = Files.readString(page);
    assertEquals(
        List.of("Relation to the label", "Features", "Over time", "Origin"), headings(html));
    assertTrue(html.contains("<dd class=\"value\">300</dd>"), "rows");
    assertTrue(html.contains("Assumed on time"), "the notice");
    assertTrue(html.contains("<td>fingerprint</td><td>f1e2</td>"), "the fingerprint");
    assertTrue(html.contains("<td>late of swipes</td><td class=\"n\">3</td>"), "the counts");
    assertTrue(html.contains("<td>dead letters of swipes</td><td class=\"n\">2</td>"), "counts");
    assertTrue(html.contains("/data/swipes.parquet"), "the files");
    assertTrue(html.contains("<pre>plan &lt;/script&gt;"), "the definitions");
  }

  @Test
  void isSelfContainedAndKeepsOthersTextAsText() throws IOException {
    Path set = hostile().publish(home.resolve("set"), 300);
    TrainingReportPage.write(set, home.resolve("page.html"));
    String html = Files.readString(home.resolve("page.html"));
    SelfContained.check(html);
    assertFalse(html.contains("alert(1)</script>"), "markup from a name");
    assertTrue(html.contains("alert(1)"), "the name is shown");
  }

  @Test
  void whatIsSaidOfAFeatureIsShownAndNoValueOfASensitiveOne() throws IOException {
    Path set =
        new Sets()
            .feature("spend", ValueType.DOUBLE, rows(40, i -> 77_123.0 + i))
            .feature("street", ValueType.STRING, rows(40, i -> "Elm " + i % 3))
            .feature("swipes", ValueType.LONG, rows(40, i -> 88_111L + i))
            .about("spend", About.about("What was spent").unit("USD").sensitive())
            .about("street", About.about("Where it was").sensitive())
            .about("swipes", About.about("How often").owner("risk"))
            .publish(home.resolve("told"), 40);
    TrainingReportPage.write(set, home.resolve("told.html"));
    String html = Files.readString(home.resolve("told.html"));

    assertTrue(html.contains("What was spent (in USD, sensitive)"), html);
    assertTrue(html.contains("How often (owner risk)"), html);
    assertTrue(html.contains("88111") || html.contains("88 111"), "a value that may be shown");
    for (String hidden : new String[] {"77123", "77 123", "77 1", "Elm"}) {
      assertFalse(html.contains(hidden), hidden);
    }
  }

  @Test
  void theSameSetIsTheSamePage() throws IOException {
    Path set = hostile().publish(home.resolve("set"), 300);
    TrainingReportPage.write(set, home.resolve("one.html"));
    TrainingReportPage.write(set, home.resolve("two.html"));
    assertEquals(-1, Files.mismatch(home.resolve("one.html"), home.resolve("two.html")));
  }

  @Test
  void thePageInTheFolderIsNoPartOfTheSet() throws IOException {
    Path set = hostile().publish(home.resolve("set"), 300);
    TrainingReportPage.write(set, set.resolve(TrainingReportPage.FILE));
    int rows = 0;
    for (var ignored : TrainingSetReader.open(set)) {
      rows++;
    }
    assertEquals(300, rows);
    new dev.lockstep.beam.write.TrainingSetFolder(set.toString(), "again", true).begin();
  }

  @Test
  void emptyAndTinySetsAndSetsWithoutLabelHaveAPage() throws IOException {
    for (int rows : new int[] {0, 1, 2}) {
      Path set = hostile().publish(home.resolve("rows" + rows), rows);
      TrainingReportPage.write(set, set.resolve("report.html"));
      String html = Files.readString(set.resolve("report.html"));
      SelfContained.check(html);
      assertTrue(headings(html).contains("Origin"), html);
      assertEquals(rows > 0, headings(html).contains("Features"));
    }
    Path unlabelled =
        new Sets()
            .feature("x", ValueType.LONG, rows(9, i -> (long) i))
            .publish(home.resolve("unlabelled"), 9);
    TrainingReportPage.write(unlabelled, unlabelled.resolve("report.html"));
    String html = Files.readString(unlabelled.resolve("report.html"));
    assertEquals(List.of("Features", "Over time", "Origin"), headings(html));
    String shown = html.replaceAll("(?s)<script>.*?</script>", "");
    assertFalse(shown.contains("NaN"), "unknown numbers are dashes");
  }

  @Test
  void twoSetsBeginWithHowMuchTheLabelsLeak() throws IOException {
    Path one = hostile().publish(home.resolve("one"), 300);
    Path two =
        hostile()
            .feature("flag", ValueType.BOOLEAN, rows(300, i -> i % 5 == 0))
            .publish(home.resolve("two"), 300);
    TrainingReportPage.write(one, two, home.resolve("page.html"));
    String html = Files.readString(home.resolve("page.html"));
    assertEquals("How much the labels leak", headings(html).get(0));
    assertTrue(html.contains("<tr><td>flag</td>"), "the feature that differs");
    assertTrue(html.contains("1 feature knows too much in the other set"), "the finding");
    SelfContained.check(html);
  }
}
