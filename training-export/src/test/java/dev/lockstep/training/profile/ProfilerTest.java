package dev.lockstep.training.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets in folders, to their figures and findings. */
class ProfilerTest {
  @TempDir Path home;

  private static Object[] rows(int rows, java.util.function.IntFunction<Object> value) {
    return IntStream.range(0, rows).mapToObj(value).toArray();
  }

  private static FeatureProfile feature(SetProfile profile, String name) {
    return Objects.requireNonNull(profile.feature(name), name);
  }

  private static List<String> titles(SetProfile profile) {
    return Findings.of(profile).stream().map(Finding::title).toList();
  }

  @Test
  void figuresOfEachType() throws IOException {
    Path set =
        new Sets()
            .feature("amount", ValueType.DOUBLE, 1.0, 2.0, null, 5.0)
            .feature("large", ValueType.BOOLEAN, false, false, null, true)
            .feature("channel", ValueType.STRING, "web", "shop", "web", null)
            .label("fraud", ValueType.BOOLEAN, false, false, true, null)
            .publish(home.resolve("set"), 4);
    SetProfile profile = Profiler.profile(set);
    assertEquals(4, profile.rows());
    assertEquals(LabelKind.BINARY, profile.labelKind());
    assertEquals(3, profile.labelled());
    assertEquals(1.0 / 3, profile.labelMean(), 1e-15);
    FeatureProfile amount = feature(profile, "amount");
    assertEquals(3, amount.count());
    assertEquals(0.25, amount.nullShare());
    assertEquals(8.0 / 3, amount.mean(), 1e-15);
    assertEquals(3, amount.distinct());
    FeatureProfile channel = feature(profile, "channel");
    assertEquals(2, channel.distinct());
    assertEquals(new Category("web", 2, 0.5), channel.categories().get(0));
    assertEquals(new Category("shop", 1, 0), channel.categories().get(1));
    assertEquals(0.5, feature(profile, "large").relation().groups().get(0).rows() / 4.0);
    assertEquals(4, profile.rowsPerPeriod().stream().mapToLong(r -> r).sum());
  }

  @Test
  void findsTheLabelItselfAmongTheFeatures() throws IOException {
    SetProfile profile =
        Profiler.profile(
            new Sets()
                .feature("outcome", ValueType.BOOLEAN, rows(20, i -> i % 3 == 0))
                .feature("noise", ValueType.LONG, rows(20, i -> (long) (i * 7 % 5)))
                .label("fraud", ValueType.BOOLEAN, rows(20, i -> i % 3 == 0))
                .publish(home.resolve("set"), 20));
    assertTrue(titles(profile).contains("outcome is the label"), titles(profile).toString());
    assertEquals(Finding.Weight.SERIOUS, Findings.of(profile).get(0).weight());
    assertEquals("outcome", profile.byRelation().get(0).name());
  }

  @Test
  void findsNullsThatGiveTheLabelAwayAndScoresThatDo() throws IOException {
    SetProfile profile =
        Profiler.profile(
            new Sets()
                .feature(
                    "settled", ValueType.DOUBLE, rows(40, i -> i % 2 == 0 ? null : 1.0 * (i % 5)))
                .feature("score", ValueType.DOUBLE, rows(40, i -> i % 2 + 0.01 * (i % 7)))
                .label("fraud", ValueType.BOOLEAN, rows(40, i -> i % 2 == 0))
                .publish(home.resolve("set"), 40));
    List<String> titles = titles(profile);
    assertTrue(titles.contains("Whether settled is null gives the label away"), titles.toString());
    assertTrue(titles.contains("score gives the label away"), titles.toString());
    assertFalse(titles.contains("score is the label"), titles.toString());
  }

  @Test
  void honestFeaturesAreNotSuspected() throws IOException {
    long seed = 5;
    Random random = new Random(seed);
    boolean[] fraud = new boolean[400];
    IntStream.range(0, 400).forEach(i -> fraud[i] = random.nextInt(5) == 0);
    SetProfile profile =
        Profiler.profile(
            new Sets()
                .feature(
                    "a",
                    ValueType.DOUBLE,
                    rows(400, i -> random.nextDouble() + (fraud[i] ? 0.2 : 0)))
                .feature("b", ValueType.LONG, rows(400, i -> (long) random.nextInt(9)))
                .feature("c", ValueType.STRING, rows(400, i -> "m" + random.nextInt(6)))
                .label("fraud", ValueType.BOOLEAN, rows(400, i -> fraud[i]))
                .publish(home.resolve("set"), 400));
    assertEquals(List.of(), Findings.of(profile), "seed " + seed);
  }

  /** Of three rows a third of all booleans are the label; of forty none is by chance. */
  @Test
  void whatFewRowsSayIsNoFinding() throws IOException {
    for (int rows : new int[] {3, 40}) {
      SetProfile profile =
          Profiler.profile(
              new Sets()
                  .feature("same", ValueType.BOOLEAN, rows(rows, i -> i % 3 == 0))
                  .feature("score", ValueType.DOUBLE, rows(rows, i -> i % 3 == 0 ? 2.0 : i % 2))
                  .label("fraud", ValueType.BOOLEAN, rows(rows, i -> i % 3 == 0))
                  .publish(home.resolve("set" + rows), rows));
      assertTrue(feature(profile, "same").relation().equal());
      assertEquals(1, feature(profile, "score").relation().score());
      assertEquals(
          rows == 3
              ? List.of()
              : List.of(
                  "same is the label",
                  "score gives the label away",
                  "The key card alone tells the label"),
          titles(profile));
    }
  }

  @Test
  void findsConstantEmptyAndEqualColumns() throws IOException {
    SetProfile profile =
        Profiler.profile(
            new Sets()
                .feature("one", ValueType.LONG, rows(6, i -> 1L))
                .feature("none", ValueType.DOUBLE, rows(6, i -> null))
                .feature("x", ValueType.LONG, rows(6, i -> i == 3 ? null : (Object) (long) (i % 4)))
                .feature("y", ValueType.LONG, rows(6, i -> i == 3 ? null : (Object) (long) (i % 4)))
                .feature("z", ValueType.STRING, rows(6, i -> "t" + i % 2))
                .feature("w", ValueType.STRING, rows(6, i -> "t" + i % 2))
                .publish(home.resolve("set"), 6));
    assertTrue(feature(profile, "one").isConstant());
    assertTrue(feature(profile, "none").isConstant());
    assertFalse(feature(profile, "x").isConstant());
    assertEquals(List.of(List.of("x", "y"), List.of("z", "w")), profile.duplicates());
    List<String> titles = titles(profile);
    assertTrue(titles.contains("1 feature is null in every row"), titles.toString());
    assertTrue(titles.contains("1 feature has one value in every row"), titles.toString());
    assertTrue(titles.contains("The set has no label"), titles.toString());
  }

  @Test
  void findsWhatMoves() throws IOException {
    SetProfile profile =
        Profiler.profile(
            new Sets()
                .feature(
                    "level", ValueType.LONG, rows(4000, i -> (long) (i % 10 + (i > 3000 ? 8 : 0))))
                .feature("still", ValueType.LONG, rows(4000, i -> (long) (i % 10)))
                .publish(home.resolve("set"), 4000));
    assertTrue(feature(profile, "level").drift().isFlagged());
    assertFalse(feature(profile, "still").drift().isFlagged());
    assertTrue(titles(profile).contains("1 feature moves over time"), titles(profile).toString());
  }

  @Test
  void numericLabelsAreCorrelated() throws IOException {
    SetProfile profile =
        Profiler.profile(
            new Sets()
                .feature("x", ValueType.DOUBLE, rows(50, i -> 1.0 * i))
                .label("delay", ValueType.DOUBLE, rows(50, i -> 100 - 2.0 * i))
                .publish(home.resolve("set"), 50));
    assertEquals(LabelKind.NUMERIC, profile.labelKind());
    assertEquals(-1, feature(profile, "x").relation().score(), 1e-12);
    assertTrue(titles(profile).contains("x gives the label away"), titles(profile).toString());
  }

  @Test
  void textIsMeasuredOnRowsItWasntLearntFrom() throws IOException {
    // Each text is of one row: learnt by heart it would tell all, on later rows it tells nothing.
    SetProfile profile =
        Profiler.profile(
            new Sets()
                .feature("id", ValueType.STRING, rows(100, i -> "u" + i))
                .feature("kind", ValueType.STRING, rows(100, i -> i % 3 == 0 ? "bad" : "good"))
                .label("fraud", ValueType.BOOLEAN, rows(100, i -> i % 3 == 0))
                .publish(home.resolve("set"), 100));
    assertEquals(0.5, feature(profile, "id").relation().score());
    assertEquals(1, feature(profile, "kind").relation().score());
  }

  @Test
  void emptyAndTinySets() throws IOException {
    Sets sets =
        new Sets()
            .feature("x", ValueType.DOUBLE, 1.0)
            .label("fraud", ValueType.BOOLEAN, true)
            .assumedOnTime("swipes");
    SetProfile empty = Profiler.profile(sets.publish(home.resolve("empty"), 0));
    assertEquals(0, empty.rows());
    assertEquals(List.of("The set has no rows", "Assumed on time"), titles(empty));
    SetProfile one = Profiler.profile(sets.publish(home.resolve("one"), 1));
    assertEquals(1, one.rows());
    assertEquals(List.of("All labels are 1", "Assumed on time"), titles(one));
  }

  @Test
  void aLabelWithoutAnEndIsSaidToChangeAtTheEnd() throws IOException {
    long day = 86_400_000_000L;
    Sets sets =
        new Sets()
            .feature("x", ValueType.DOUBLE, rows(40, i -> 1.0 * (i % 7)))
            .label("fraud", ValueType.BOOLEAN, rows(40, i -> i % 3 == 0))
            .step(day);
    String title = "The youngest labels may still change";
    assertFalse(titles(Profiler.profile(sets.publish(home.resolve("ends"), 40))).contains(title));

    // Bucket 64 goes to 65 536 s; of 2 000 outcomes one is beyond, which is less than 0.1 %.
    sets.count("labelDelay.064/settlements", 1999).count("labelDelay.080/settlements", 1);
    Finding found =
        Findings.of(Profiler.profile(sets.publish(home.resolve("endless"), 40))).stream()
            .filter(f -> f.title().equals(title))
            .findFirst()
            .orElseThrow();

    assertEquals(Finding.Weight.WARNING, found.weight());
    String text = found.text();
    assertTrue(text.contains("99.9 % of its outcomes became known within 19h"), text);
    assertTrue(text.contains("Requests from 1970-02-08T05:47:44Z on"), text); // 9 February less it
    assertTrue(text.contains("within(...)"), text);
  }

  @Test
  void aSampleIsOfTheSameRowsHoweverTheyLieAndKeepsExactCounts() throws IOException {
    Path set =
        new Sets()
            .feature("x", ValueType.LONG, rows(1000, i -> (long) i))
            .label("fraud", ValueType.BOOLEAN, rows(1000, i -> i % 2 == 0))
            .publish(home.resolve("set"), 1000);
    SetProfile sampled = Profiler.profile(TrainingColumns.read(set, 250));
    assertEquals(4, sampled.oneIn());
    assertTrue(sampled.held() > 200 && sampled.held() < 300, "" + sampled.held());
    assertEquals(1000, sampled.rows());
    assertEquals(499.5, feature(sampled, "x").mean(), 1e-9);
    assertEquals(999, feature(sampled, "x").max());
    assertEquals(sampled.held(), feature(sampled, "x").distinct());
    assertTrue(titles(sampled).contains("Taken from a sample"), titles(sampled).toString());
  }

  @Test
  void comparesWhatFeaturesKnowInTwoSets() throws IOException {
    Object[] labels = rows(200, i -> i % 4 == 0);
    Path known =
        new Sets()
            .feature("delay", ValueType.DOUBLE, rows(200, i -> 1.0 * (i % 5)))
            .feature("hour", ValueType.LONG, rows(200, i -> (long) (i % 3)))
            .feature("mine", ValueType.LONG, rows(200, i -> 1L))
            .label("late", ValueType.BOOLEAN, labels)
            .publish(home.resolve("known"), 200);
    Path eventTime =
        new Sets()
            .feature("hour", ValueType.LONG, rows(200, i -> (long) (i % 3)))
            .feature("delay", ValueType.DOUBLE, rows(200, i -> i % 5 + (i % 4 == 0 ? 3.0 : 0)))
            .label("late", ValueType.BOOLEAN, labels)
            .publish(home.resolve("event"), 200);
    Comparison comparison = Comparison.of(known, eventTime);
    assertEquals(200, comparison.matchedRows());
    assertEquals(2, comparison.features().size());
    Comparison.Feature delay = comparison.features().get(0);
    assertEquals("delay", delay.name());
    assertEquals(0.25, delay.differing());
    assertEquals(delay.otherScore() - 0.5, delay.gain(), 1e-9); // in the first it tells nothing
    assertEquals(0, comparison.features().get(1).differing());
    assertTrue(
        Findings.of(comparison).stream()
            .anyMatch(f -> f.title().equals("1 feature knows too much in the other set")),
        Findings.of(comparison).toString());
  }

  /** Values that say nothing, drawn anew in the other set: one of them tells more by chance. */
  @Test
  void whatGainsByChanceIsNoLeak() throws IOException {
    long seed = 9;
    Random random = new Random(seed);
    Object[] labels = rows(300, i -> i % 10 == 0);
    Path one = drawnAnew(random, labels).publish(home.resolve("one"), 300);
    Path two = drawnAnew(random, labels).publish(home.resolve("two"), 300);

    Comparison comparison = Comparison.of(one, two);

    assertTrue(
        comparison.features().stream().anyMatch(f -> f.gain() >= Significance.LEAKS),
        comparison.features().toString());
    assertEquals(List.of(), Findings.of(comparison), "seed " + seed);
  }

  private static Sets drawnAnew(Random random, Object[] labels) {
    Sets sets = new Sets().label("late", ValueType.BOOLEAN, labels);
    for (String name : List.of("a", "b", "c", "d")) {
      sets.feature(name, ValueType.DOUBLE, rows(300, i -> random.nextDouble()));
    }
    return sets;
  }

  @Test
  void aFolderWithoutManifestIsRefused() {
    Assertions.assertThrows(TrainingSetException.class, () -> Profiler.profile(home));
  }
}
