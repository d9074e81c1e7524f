package dev.lockstep.cli.run;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.view.Steps;
import dev.lockstep.cli.view.TrainingBars;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.training.RequestFeatures;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.training.train.TestPart;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures how much the labels leak through event-time joins: the same requests, time split and
 * options; once with what was known, once with what had happened.
 *
 * <p>One training set is in memory at a time.
 */
public final class LeakRun {
  private final Definition asKnown;
  private final Definition eventTime;
  private final TrainingOptions options;
  private final Path folder;
  private final Sets sets;
  private final Steps steps;

  /**
   * How training sets are made.
   *
   * @param runner what computes them
   * @param until rows known at or after this instant are left out; null for all
   * @param fresh whether sets that are there are made again
   */
  public record Sets(
      BackfillRun backfill, BackfillRun.Runner runner, @Nullable Instant until, boolean fresh) {}

  /**
   * A measurement, not yet begun.
   *
   * @param sets of the as-known definition
   * @param folder where both training sets are kept
   */
  public LeakRun(Sets sets, TrainingOptions options, Path folder, Steps steps) {
    this.asKnown = sets.backfill().definition();
    this.eventTime = asKnown.asOfEventTime();
    this.options = options;
    this.folder = folder;
    this.sets = sets;
    this.steps = steps;
  }

  /** Makes or reuses the sets, trains three models, and judges them. */
  public LeakReport run() throws IOException {
    Path known = set("as-known", asKnown);
    Path happened = set("event-time", eventTime);
    TrainedModel promising = train(eventTime, happened);
    TrainRun run = open(asKnown, known, "as known ");
    try (TrainingBars bars = new TrainingBars("as known ")) {
      TrainedModel model = run.train(bars);
      bars.close();
      steps.say("as known: AUC %.4f", auc(model));
      double requestOnly = requestOnly(run);
      TestPart test = TestPart.of(model.report(), run.rows());
      requireAlike(model, promising);
      return new LeakReport(
          asKnown.project().name(),
          model.featureNames().size(),
          model.report().rows(),
          test.size(),
          model.report().testFrom(),
          (double) model.evaluation().test().quality().positives() / test.size(),
          requestOnly,
          auc(model),
          auc(promising),
          Evaluation.auc(test.labels(), test.scores(promising)));
    }
  }

  private double requestOnly(TrainRun run) {
    if (RequestFeatures.of(asKnown.labelledPlan()).isEmpty()) {
      return Double.NaN;
    }
    double auc = auc(run.trainRequestOnly((round, rounds, a) -> {}));
    steps.say("request fields only: AUC %.4f", auc);
    return auc;
  }

  private TrainedModel train(Definition definition, Path set) {
    TrainRun run = open(definition, set, "event time ");
    try (TrainingBars bars = new TrainingBars("event time ")) {
      TrainedModel model = run.train(bars);
      bars.close();
      steps.say("event time: AUC %.4f, as evaluated", auc(model));
      return model;
    }
  }

  private TrainRun open(Definition definition, Path set, String name) {
    try (TrainingBars bars = new TrainingBars(name)) {
      return new TrainRun(definition, set, options, bars);
    }
  }

  private static double auc(TrainedModel model) {
    return model.evaluation().test().quality().auc();
  }

  /** The figures mean what they say only if both sets ask the same and know the same outcomes. */
  private static void requireAlike(TrainedModel one, TrainedModel other) {
    List<Object> a =
        List.of(
            one.report().testFrom(),
            one.report().rows(),
            one.evaluation().test().quality().rows(),
            one.evaluation().test().quality().positives());
    List<Object> b =
        List.of(
            other.report().testFrom(),
            other.report().rows(),
            other.evaluation().test().quality().rows(),
            other.evaluation().test().quality().positives());
    if (!a.equals(b)) {
      throw new CommandException(
          FailureKind.DATA,
          "the two training sets hold other labelled requests (test from, trained on, tested on,"
              + " of label 1): as known "
              + a
              + ", by event time "
              + b,
          "take the whole history, without --until, so that both know all outcomes");
    }
  }

  private Path set(String name, Definition definition) throws IOException {
    Path set = folder.resolve(name);
    FeaturePlan plan = definition.labelledPlan();
    if (!sets.fresh() && isOf(set, plan)) {
      steps.say("%s: reusing the training set in %s", name, set);
      return set;
    }
    steps.say("%s: computing the training set", name);
    var summary =
        new BackfillRun(
                definition,
                sets.backfill().history(),
                sets.backfill().work(),
                sets.backfill().parallelism())
            .run(sets.runner(), set, sets.until(), true);
    steps.say("%s: %,d rows in %.0f s", name, summary.rows(), summary.seconds());
    return set;
  }

  private boolean isOf(Path set, FeaturePlan plan) {
    if (!Files.isDirectory(set)) {
      return false;
    }
    try {
      Manifest manifest = Manifest.read(set);
      return manifest.fingerprint().equals(plan.fingerprint())
          && Objects.equals(manifest.until(), sets.until());
    } catch (TrainingSetException e) {
      return false; // not finished: the backfill clears it, or says what is in its way
    }
  }
}
