package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.time.Micros;
import dev.lockstep.training.SyntheticRows;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.training.evaluate.ScoreReport;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real training on rows whose law is known. */
class TrainerTest {
  private static final long SEED = 20_261_122;

  private final TrainingRows rows = SyntheticRows.of(20_000, SEED);

  @Test
  void findsTheSignalInValuesAndInNulls() {
    // Few trees rank these rows best: large steps, so that their scores are near the chances too.
    TrainedModel model =
        new Trainer()
            .withOptions(TrainingOptions.of(Map.of("learning_rate", "0.7")))
            .train(rows, SyntheticRows.NUMERIC);

    // 4000 test rows: the AUC's standard error is about 0.005; nothing beats 0.9 by more.
    double auc = model.evaluation().test().quality().auc();
    assertTrue(Math.abs(auc - SyntheticRows.BEST_AUC) < 0.02, "AUC " + auc + ", seed " + SEED);
    List<FeatureImportance> importances = model.report().importances();
    assertEquals("signal", importances.get(0).name());
    assertEquals(1.0, importances.stream().mapToDouble(FeatureImportance::gain).sum(), 1e-9);
    assertEquals(1.0, importances.stream().mapToDouble(FeatureImportance::cover).sum(), 1e-9);
    assertEquals(1.0, importances.stream().mapToDouble(FeatureImportance::frequency).sum(), 1e-9);

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

    assertEquals(0.5, model.evaluation().test().quality().auc(), 0.04, "seed " + SEED);
  }

  @Test
  void givesTheSameBytesForTheSameRows() {
    for (int threads : new int[] {1, 2, 0}) {
      TrainingOptions sampled =
          TrainingOptions.of(
              Map.of("threads", "" + threads, "subsample", "0.7", "colsample", "0.6"));
      for (TrainingOptions options :
          List.of(TrainingOptions.defaults().with(TrainingOption.THREADS, threads), sampled)) {
        Trainer trainer = new Trainer().withOptions(options);
        TrainedModel model = trainer.train(rows, SyntheticRows.NUMERIC);
        TrainedModel again = trainer.train(SyntheticRows.of(20_000, SEED), SyntheticRows.NUMERIC);
        assertArrayEquals(model.bytes(), again.bytes(), threads + " threads");
        assertEquals(model.evaluation().toJson(), again.evaluation().toJson());
      }
      assertFalse(
          Arrays.equals(
              new Trainer().withOptions(sampled).train(rows, SyntheticRows.NUMERIC).bytes(),
              new Trainer()
                  .withOptions(sampled.with(TrainingOption.SEED, 2))
                  .train(rows, SyntheticRows.NUMERIC)
                  .bytes()),
          "another seed, same bytes");
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
    TrainingOptions options =
        TrainingOptions.of(Map.of("rounds", "400", "patience", "10", "refit", "false"));
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
  void partsByTimeNotByRows() {
    // 1000 rows in the first 100 s, 100 in the next 900 s.
    TrainingRows skewed = new TrainingRows(List.of("x"), List.of(ValueType.DOUBLE));
    Values x = new Values(List.of(ValueType.DOUBLE));
    for (int i = 0; i <= 1100; i++) {
      long seconds = i < 1000 ? i / 10 : 100 + (i - 1000) * 9L;
      x.setDouble(0, i % 2);
      skewed.add("r" + i, seconds * SyntheticRows.SECOND_MICROS, x, i % 2);
    }

    TrainedModel model = new Trainer().train(skewed);
    TrainingReport report = model.report();

    assertEquals(Instant.ofEpochSecond(0), report.from());
    assertEquals(Instant.ofEpochSecond(1000), report.until());
    assertEquals(Instant.ofEpochSecond(600), report.validationFrom());
    assertEquals(Instant.ofEpochSecond(800), report.testFrom());
    // Seconds 100 + 9k: up to 600 k from 0 to 55, up to 800 to 77, up to 1000 to 100.
    assertEquals(1056, report.trainingRows());
    assertEquals(22, report.validationRows());
    assertEquals(23, report.testRows());
    assertEquals(Instant.ofEpochSecond(100 + 9 * 77), report.trainedUntil());
    assertEquals(1078, report.rows());
    assertEquals(23, model.evaluation().test().quality().rows());
    assertEquals(1.0, model.evaluation().test().quality().auc());
  }

  @Test
  void whatIsTestedHasNoSayInTheModel() {
    TrainingRows other = new TrainingRows(SyntheticRows.NAMES, SyntheticRows.TYPES);
    Values values = new Values(SyntheticRows.TYPES);
    long testFrom = Micros.of(new Trainer().train(rows, SyntheticRows.NUMERIC).report().testFrom());
    for (int row = 0; row < rows.size(); row++) {
      boolean tests = rows.eventTimeMicros(row) >= testFrom;
      float signal = rows.value(row, 0);
      values.set(0, tests || Float.isNaN(signal) ? null : (Double) (double) signal);
      values.setLong(1, (long) rows.value(row, 1));
      values.setBoolean(2, rows.value(row, 2) == 1);
      values.setString(3, "m");
      float label = tests ? 1 - rows.label(row) : rows.label(row);
      other.add("r" + row, rows.eventTimeMicros(row), values, label);
    }

    assertArrayEquals(
        new Trainer().train(rows, SyntheticRows.NUMERIC).bytes(),
        new Trainer().train(other, SyntheticRows.NUMERIC).bytes());
  }

  @Test
  void refitGrowsAsManyTreesFromBothParts() {
    List<Integer> again = new ArrayList<>();
    TrainedModel refit =
        new Trainer()
            .withProgress(
                new TrainingProgress() {
                  @Override
                  public void onRound(int round, int rounds, double auc) {}

                  @Override
                  public void onRefitRound(int round, int rounds) {
                    again.add(round);
                  }
                })
            .train(rows, SyntheticRows.NUMERIC);
    TrainedModel single =
        new Trainer()
            .withOptions(TrainingOptions.defaults().with(TrainingOption.REFIT, false))
            .train(rows, SyntheticRows.NUMERIC);

    assertEquals(refit.report().bestRound(), again.size());
    assertEquals(single.report().bestRound(), refit.report().bestRound());
    assertEquals(single.threshold(), refit.threshold());
    assertFalse(Arrays.equals(single.bytes(), refit.bytes()));
  }

  @Test
  void keepsToTheDirectionsAskedFor() {
    TrainingRows rising = new TrainingRows(SyntheticRows.NAMES, SyntheticRows.TYPES);
    Values values = new Values(SyntheticRows.TYPES);
    values.setLong(1, 500);
    values.setBoolean(2, true);
    for (int i = 0; i < 100; i++) {
      values.setDouble(0, i / 100.0);
      rising.add("r" + i, i, values, Float.NaN);
    }
    Trainer trainer = new Trainer();

    float[] bound =
        trainer
            .withOptions(TrainingOptions.of(Map.of("monotone", "noise=1, signal=-1")))
            .train(rows, SyntheticRows.NUMERIC)
            .predict(rising);
    float[] free = trainer.train(rows, SyntheticRows.NUMERIC).predict(rising);

    for (int i = 1; i < bound.length; i++) {
      assertTrue(bound[i] <= bound[i - 1], "rises at " + i);
    }
    assertTrue(free[99] > free[0], "the signal rises");
  }

  @Test
  void weightsMoveTheTreesAndTheCalibrationPutsScoresBack() {
    TrainingRows rare = new TrainingRows(List.of("x"), List.of(ValueType.DOUBLE));
    Values x = new Values(List.of(ValueType.DOUBLE));
    for (int i = 0; i < 4000; i++) {
      x.setDouble(0, i % 20);
      rare.add("r" + i, i * SyntheticRows.SECOND_MICROS, x, i % 20 == 3 && i % 3 > 0 ? 1 : 0);
    }
    Trainer trainer = new Trainer();
    TrainedModel plain = trainer.train(rare);
    TrainedModel balanced =
        trainer
            .withOptions(TrainingOptions.of(Map.of("class_weight", "balanced", "refit", "false")))
            .train(rare);

    assertNull(plain.calibration());
    assertNotNull(balanced.calibration());
    int[] all = IntStream.range(0, rare.size()).toArray();
    float[] margins = Trees.margins(balanced.bytes(), rare, all, new int[] {0});
    float trees = 0;
    for (float margin : margins) {
      trees += (float) (1 / (1 + Math.exp(-margin)));
    }
    float wanted = sum(rare.labels());
    float scores = sum(balanced.predict(rare));
    assertTrue(trees > 1.2 * wanted, trees + " against " + wanted);
    assertEquals(wanted, scores, 0.1 * wanted);
    // Thresholds are of calibrated scores, and so is all that the evaluation says.
    TestPart test = TestPart.of(balanced.report(), rare);
    ScoreReport again = test.report(balanced.threshold(), test.scores(balanced));
    assertEquals(again, balanced.evaluation().test());
    assertTrue(balanced.report().summary().contains("weights move scores: calibrated"));
    assertEquals(balanced.evaluation(), EvaluationReport.fromJson(balanced.evaluation().toJson()));
  }

  @Test
  void labelsThatBecomeKnownLaterAreWaitedFor() {
    LabelWait wait = LabelWait.bounded(2000 * SyntheticRows.SECOND_MICROS);
    Trainer trainer = new Trainer().withLabelWait(wait);
    TrainedModel model = trainer.train(rows, SyntheticRows.NUMERIC);
    TrainingReport report = model.report();

    // 19999 s less two waits are 15999 s. A fifth of them, 3199.8 s, tests from 16799.2 s on; as
    // much
    // validates, from 11599.4 s on, until a wait before that.
    assertEquals(3200, report.testRows());
    assertEquals(2000, report.lateLabels().trainingRows());
    assertEquals(2000, report.lateLabels().validationRows());
    assertEquals(9600, report.trainingRows());
    assertEquals(3200, report.validationRows());
    assertEquals(14800, report.rows(), "those between training and validation learn again");
    assertEquals(Instant.ofEpochSecond(14799), report.trainedUntil());
    assertEquals(Instant.ofEpochSecond(16799), report.lateLabels().knownUntil());
    assertTrue(report.testFrom().isAfter(report.lateLabels().knownUntil()));
    assertTrue(
        report
            .summary()
            .contains(
                "2000 rows before validation and 2000 before the test left out: a label may become"
                    + " known up to 2000s after its request"),
        report.summary());
    TrainedModel once =
        trainer
            .withOptions(TrainingOptions.defaults().with(TrainingOption.REFIT, false))
            .train(rows, SyntheticRows.NUMERIC);
    assertEquals(12800, once.report().rows());
    assertEquals(model.evaluation(), EvaluationReport.fromJson(model.evaluation().toJson()));
  }

  @Test
  void ofALabelWithoutAnEndTheYoungestAreLeftOut() {
    LabelWait seen =
        new LabelWait(
            LabelWait.Kind.ENDLESS,
            1000 * SyntheticRows.SECOND_MICROS,
            20_000 * SyntheticRows.SECOND_MICROS);
    TrainedModel model = new Trainer().withLabelWait(seen).train(rows, SyntheticRows.NUMERIC);
    TrainingReport report = model.report();

    assertEquals(1000, report.lateLabels().youngRows(), "19000 to 19999");
    assertEquals(Instant.ofEpochSecond(18_999), report.until());
    assertEquals(1000, report.lateLabels().trainingRows());
    assertEquals(1000, report.lateLabels().validationRows());
    assertNull(report.lateLabels().knownUntil());
    assertTrue(
        report.summary().contains("99.9 % were known within 1000s of the request; 1000 younger"),
        report.summary());
    TestPart test = TestPart.of(report, rows);
    assertEquals(report.testRows(), test.size());
    assertEquals(model.evaluation().test(), test.report(model.threshold(), test.scores(model)));
  }

  @Test
  void aLabelWithoutAnEndIsSaidWhereNobodySawHowLongItTakes() {
    TrainingReport report =
        new Trainer()
            .withLabelWait(new LabelWait(LabelWait.Kind.ENDLESS, 0, Long.MAX_VALUE))
            .train(rows, SyntheticRows.NUMERIC)
            .report();

    assertNull(report.lateLabels().knownUntil());
    assertTrue(report.summary().contains("the label has no end (no within)"), report.summary());
  }

  private static float sum(float[] scores) {
    float sum = 0;
    for (float score : scores) {
      sum += score;
    }
    return sum;
  }

  @Test
  void readsOnlyWhatIsIncludedAndNotExcluded() {
    TrainedModel model =
        new Trainer()
            .withOptions(TrainingOptions.of(Map.of("include", "s*, n?ise", "exclude", "sig*")))
            .train(rows, SyntheticRows.NUMERIC);

    assertEquals(List.of("noise"), model.featureNames());
    assertEquals(List.of(ValueType.LONG), model.featureTypes());
  }

  @Test
  void refusesFeaturesThatAreAllNullTogether() {
    TrainingRows empty =
        new TrainingRows(List.of("a", "b"), List.of(ValueType.DOUBLE, ValueType.LONG));
    Values values = new Values(empty.featureTypes());
    for (int i = 0; i < 100; i++) {
      empty.add("r" + i, i * SyntheticRows.SECOND_MICROS, values, i % 2);
    }

    assertRefused(
        """
        all features to learn from are null in all 100 rows: [a, b]
            cure: check that the history holds events of the entities that are asked for, before \
        the requests; or include other features\
        """,
        () -> new Trainer().train(empty));
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
    assertEquals(200, model.report().rows() + model.report().testRows());
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

    assertEquals(0.5, model.evaluation().test().quality().auc());
    assertEquals(List.of(), model.report().importances());
    assertEquals(List.of("empty"), model.report().alwaysNull());
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
        an average by it), or train without it\
        """,
        () -> new Trainer().train(rows));
  }

  @Test
  void refusesFeaturesThatArentThereOrTwiceOrNone() {
    assertRefused(
        """
        feature [age] is not in the training set
            cure: name some of [signal, noise, weekend, merchant], or export the set again with \
        the feature\
        """,
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
        check the label's expression\
        """,
        () -> new Trainer().train(of(1)));
  }

  @Test
  void refusesOneLabelInAPart() {
    assertRefused(
        """
        the training set has 0 rows of label 1 and 3 of label 0: there is nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression\
        """,
        () -> new Trainer().train(of(0, 0, 0)));
    assertRefused(
        """
        its part before 1970-01-01T00:00:06Z has 0 rows of label 1 and 6 of label 0: there is \
        nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression\
        """,
        () -> new Trainer().train(of(0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1)));
    assertRefused(
        """
        its part from 1970-01-01T00:00:06Z to 1970-01-01T00:00:08Z, which validates, has 0 rows \
        of label 1 and 2 of label 0: there is nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression\
        """,
        () -> new Trainer().train(of(0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1)));
    assertRefused(
        """
        its part from 1970-01-01T00:00:08Z on, which tests, has 0 rows of label 1 and 3 of \
        label 0: there is nothing to tell apart
            cure: export a longer range of time, in which both labels occur early and late, or \
        check the label's expression\
        """,
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
