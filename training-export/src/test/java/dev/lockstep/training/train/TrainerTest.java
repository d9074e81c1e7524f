package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.training.SyntheticRows;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real training on rows whose law is known. */
class TrainerTest {
  private static final long SEED = 20_261_122;

  private final TrainingRows rows = SyntheticRows.of(20_000, SEED);

  @Test
  void findsTheSignalInValuesAndInNulls() {
    TrainedModel model = new Trainer().train(rows, SyntheticRows.NUMERIC);

    // 4000 validation rows: the AUC's standard error is about 0.005; nothing beats 0.9 by more.
    double auc = model.report().validation().auc();
    assertTrue(Math.abs(auc - SyntheticRows.BEST_AUC) < 0.02, "AUC " + auc + ", seed " + SEED);
    assertEquals("signal", model.report().gains().keySet().iterator().next());
    assertEquals(1.0, model.report().gains().values().stream().mapToDouble(d -> d).sum(), 1e-9);

    // Scores of single rows, each near the chance that the law gives it.
    TrainingRows probes = new TrainingRows(SyntheticRows.NAMES, SyntheticRows.TYPES);
    addProbe(probes, null);
    addProbe(probes, 0.8);
    addProbe(probes, 0.2);
    float[] scores = model.predict(probes);
    assertEquals(0.9, scores[0], 0.1, "null");
    assertEquals(0.9, scores[1], 0.1, "high");
    assertEquals(0.1, scores[2], 0.1, "low");
    assertTrue(model.threshold() > 0.2 && model.threshold() < 0.9, "at " + model.threshold());
  }

  private static void addProbe(TrainingRows probes, Double signal) {
    Values values = new Values(SyntheticRows.TYPES);
    values.set(0, signal);
    values.setLong(1, 500);
    values.setBoolean(2, true);
    probes.add("probe", 0, values, Float.NaN);
  }

  @Test
  void learnsNothingFromNoise() {
    TrainedModel model = new Trainer().train(rows, List.of("noise", "weekend"));

    assertEquals(0.5, model.report().validation().auc(), 0.04, "seed " + SEED);
  }

  @Test
  void givesTheSameBytesForTheSameRows() {
    for (int threads : new int[] {1, 2, 0}) {
      Trainer trainer = new Trainer().withOptions(TrainingOptions.defaults().withThreads(threads));
      assertArrayEquals(
          trainer.train(rows, SyntheticRows.NUMERIC).bytes(),
          trainer.train(SyntheticRows.of(20_000, SEED), SyntheticRows.NUMERIC).bytes(),
          threads + " threads");
    }
    assertFalse(
        Arrays.equals(
            new Trainer().train(rows, SyntheticRows.NUMERIC).bytes(),
            new Trainer().train(SyntheticRows.of(20_000, SEED + 1), SyntheticRows.NUMERIC).bytes()),
        "other rows, same bytes");
  }

  @Test
  void stopsEarlyAndKeepsTheBestRound() {
    List<Double> aucs = new ArrayList<>();
    TrainingOptions options = TrainingOptions.defaults().withRounds(400).withPatience(10);
    TrainedModel model =
        new Trainer()
            .withOptions(options)
            .withProgress(
                (round, rounds, auc) -> {
                  aucs.add(auc);
                  assertEquals(aucs.size(), round);
                  assertEquals(400, rounds);
                })
            .train(rows, SyntheticRows.NUMERIC);

    TrainingReport report = model.report();
    assertEquals(aucs.size(), report.rounds());
    assertTrue(report.rounds() < 400, report.rounds() + " rounds");
    assertEquals(report.bestRound() + 10, report.rounds());
    double best = aucs.stream().mapToDouble(d -> d).max().orElseThrow();
    assertEquals(aucs.indexOf(best) + 1, report.bestRound());
    // XGBoost's AUC of that round, and ours of the trees that were kept.
    assertEquals(best, report.validation().auc(), 1e-6);
  }

  @Test
  void validatesOnTheLastFifthOfTimeNotOfRows() {
    // 1000 rows in the first 100 s, 100 in the next 900 s.
    TrainingRows skewed = new TrainingRows(List.of("x"), List.of(ValueType.DOUBLE));
    Values x = new Values(List.of(ValueType.DOUBLE));
    for (int i = 0; i <= 1100; i++) {
      long seconds = i < 1000 ? i / 10 : 100 + (i - 1000) * 9L;
      x.setDouble(0, i % 2);
      skewed.add("r" + i, seconds * SyntheticRows.SECOND_MICROS, x, i % 2);
    }

    TrainingReport report = new Trainer().train(skewed).report();

    assertEquals(Instant.ofEpochSecond(0), report.from());
    assertEquals(Instant.ofEpochSecond(1000), report.until());
    assertEquals(Instant.ofEpochSecond(800), report.boundary());
    // Seconds 100 + 9k of 800 to 1000: k from 78 to 100.
    assertEquals(23, report.validationRows());
    assertEquals(1078, report.trainingRows());
    assertEquals(1.0, report.validation().auc());
  }

  @Test
  void leavesOutAndCountsRowsWithoutLabel() {
    TrainingRows some = new TrainingRows(List.of("x"), List.of(ValueType.DOUBLE));
    TrainingRows all = new TrainingRows(List.of("x"), List.of(ValueType.DOUBLE));
    Values x = new Values(List.of(ValueType.DOUBLE));
    for (int i = 0; i < 300; i++) {
      x.setDouble(0, i * 37 % 100);
      float label = i * 37 % 100 > 50 ? 1 : 0;
      boolean unlabelled = i % 3 == 0;
      all.add("r" + i, i, x, unlabelled ? Float.NaN : label);
      if (!unlabelled) {
        some.add("r" + i, i, x, label);
      }
    }

    TrainedModel model = new Trainer().train(all);

    assertEquals(100, model.report().unlabelledRows());
    assertEquals(200, model.report().rows());
    assertArrayEquals(new Trainer().train(some).bytes(), model.bytes());
  }

  @Test
  void readsColumnsByNameInWhateverOrder() {
    TrainedModel model = new Trainer().train(rows, List.of("noise", "signal"));
    TrainingRows turned =
        new TrainingRows(
            List.of("signal", "extra", "noise"),
            List.of(ValueType.DOUBLE, ValueType.LONG, ValueType.LONG));
    Values values = new Values(turned.featureTypes());
    for (int row = 0; row < 100; row++) {
      float signal = rows.value(row, 0);
      values.set(0, Float.isNaN(signal) ? null : (Double) (double) signal);
      values.setLong(1, row);
      values.setLong(2, (long) rows.value(row, 1));
      turned.add("r" + row, row, values, Float.NaN);
    }

    float[] all = model.predict(rows);

    assertEquals(rows.size(), all.length);
    assertArrayEquals(Arrays.copyOf(all, 100), model.predict(turned));
    assertEquals(
        0, model.predict(new TrainingRows(SyntheticRows.NAMES, SyntheticRows.TYPES)).length);
    assertTrue(Evaluation.auc(rows.labels(), all) > 0.85);
  }

  @Test
  void givesOneScoreToAllWhereNoFeatureTellsRowsApart() {
    TrainingRows same =
        new TrainingRows(List.of("constant", "empty"), List.of(ValueType.DOUBLE, ValueType.DOUBLE));
    Values values = new Values(same.featureTypes());
    values.setDouble(0, 3);
    for (int i = 0; i < 1000; i++) {
      same.add("r" + i, i, values, i % 4 == 0 ? 1 : 0);
    }

    TrainedModel model = new Trainer().train(same);

    assertEquals(0.5, model.report().validation().auc());
    assertEquals(Map.of(), model.report().gains());
    assertEquals(1, model.report().bestRound());
    assertEquals(0.25, model.threshold(), 0.05);
    assertTrue(model.report().summary().contains("no feature is read"), model.report().summary());
  }

  @Test
  void endsWhereItsListenerThrows() {
    RuntimeException stop = new IllegalStateException("cancelled");
    List<Integer> rounds = new ArrayList<>();
    Trainer trainer =
        new Trainer()
            .withProgress(
                (round, of, auc) -> {
                  rounds.add(round);
                  if (round == 3) {
                    throw stop;
                  }
                });

    assertSame(
        stop,
        assertThrows(RuntimeException.class, () -> trainer.train(rows, SyntheticRows.NUMERIC)));
    assertEquals(List.of(1, 2, 3), rounds);
  }

  @Test
  void refusesTextWithACure() {
    assertRefused(
        """
        feature [merchant] is text, which a tree can't split
            cure: derive a boolean or a number from it in the feature set (an equality, a count, \
        an average by it), or train without it""",
        () -> new Trainer().train(rows));
  }

  @Test
  void refusesFeaturesThatArentThereOrTwiceOrNone() {
    assertRefused(
        """
        feature [age] is not in the training set
            cure: name some of [signal, noise, weekend, merchant], or export the set again with \
        the feature""",
        () -> new Trainer().train(rows, List.of("signal", "age")));
    assertRefused(
        "feature [noise] is named twice\n    cure: name it once",
        () -> new Trainer().train(rows, List.of("noise", "noise")));
    assertRefused(
        "no features to learn from\n    cure: name at least one of [signal, noise, weekend]",
        () -> new Trainer().train(rows, List.of()));
  }

  @Test
  void refusesAnEmptySet() {
    assertRefused(
        "the training set has no rows\n"
            + "    cure: export a range of time in which requests occur",
        () -> new Trainer().train(of()));
  }

  @Test
  void refusesOneRow() {
    assertRefused(
        """
        the training set has 1 rows of label 1 and 0 of label 0: there is nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression""",
        () -> new Trainer().train(of(1)));
  }

  @Test
  void refusesOneLabelOnEitherSideOfTheBoundary() {
    assertRefused(
        """
        the training set has 0 rows of label 1 and 3 of label 0: there is nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression""",
        () -> new Trainer().train(of(0, 0, 0)));
    assertRefused(
        """
        its part before 1970-01-01T00:00:08Z has 0 rows of label 1 and 8 of label 0: there is \
        nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression""",
        () -> new Trainer().train(of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1)));
    assertRefused(
        """
        its part from 1970-01-01T00:00:08Z on, which validates, has 0 rows of label 1 and 3 of \
        label 0: there is nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression""",
        () -> new Trainer().train(of(0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0)));
  }

  @Test
  void refusesLabelsThatAreNoneOrNeither() {
    assertRefused(
        "none of the 2 rows has a label\n"
            + "    cure: export requests old enough for the events that label them to be known",
        () -> new Trainer().train(of(Float.NaN, Float.NaN)));
    assertRefused(
        "the label of request [r1] is 0.5, not 0 or 1\n"
            + "    cure: let the label's expression answer a boolean, such as a comparison",
        () -> new Trainer().train(of(1, 0.5f)));
  }

  /** One row a second with these labels. */
  private static TrainingRows of(float... labels) {
    TrainingRows set = new TrainingRows(List.of("x"), List.of(ValueType.LONG));
    Values x = new Values(List.of(ValueType.LONG));
    for (int i = 0; i < labels.length; i++) {
      x.setLong(0, i);
      set.add("r" + i, i * SyntheticRows.SECOND_MICROS, x, labels[i]);
    }
    return set;
  }

  private static void assertRefused(String message, Runnable training) {
    assertEquals(message, assertThrows(TrainingException.class, training::run).getMessage());
  }
}
