package dev.lockstep.cli.demo;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.cli.run.ServeRun;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.project.History;
import dev.lockstep.serving.act.Decision;
import dev.lockstep.serving.act.DecisionDatabase;
import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What batch says about a replay: whether the vectors are the same, and how good the scores were.
 *
 * @param aucWithFeatures of the scores that were published; NaN where it has no meaning
 * @param aucRequestFieldsOnly of another model on the same requests
 */
record Judgement(Parity parity, double aucWithFeatures, double aucRequestFieldsOnly) {
  /** A request may be known a little before it happens, where clocks differ. */
  private static final Duration A_DAY = Duration.ofDays(1);

  /**
   * Judges all requests that happened from the counted time on and became known before the end.
   *
   * @param whole a training set over the whole history
   */
  static Judgement of(
      FeaturePlan plan, Path whole, History history, Outcomes outcomes, TrainedModel requestOnly) {
    long from = Micros.of(history.replayFrom());
    long until = Micros.of(history.replayUntil());
    Parity parity = new Parity(plan);
    TrainingRows rows =
        new TrainingRows(
            plan.features().stream().map(FeatureColumn::name).toList(), plan.featureTypes());
    List<Float> scores = new ArrayList<>();
    long matched = 0;
    for (LabelledVector row : TrainingSetReader.open(whole)) {
      FeatureVector batch = row.vector();
      if (batch.eventTimeMicros() < from || batch.availableAtMicros() >= until) {
        continue;
      }
      FeatureVector streamed = outcomes.vectors().get(batch.requestId());
      if (streamed == null) {
        parity.missingInStream(batch);
      } else {
        matched++;
        parity.compare(batch, streamed);
      }
      ScoringResult score = outcomes.scores().get(batch.requestId());
      float label = label(row.label());
      if (score != null && !Float.isNaN(label)) {
        rows.add(batch.requestId(), batch.eventTimeMicros(), batch.values(), label);
        scores.add((float) score.score());
      }
    }
    parity.missingInBatch(outcomes.vectors().size() - matched);
    return new Judgement(parity, auc(rows, toArray(scores)), auc(rows, requestOnly.predict(rows)));
  }

  /**
   * Until when batch goes, so that no replayed request is too young for its label (L5): all of the
   * history is there, and nothing comes after it. Null for all there is.
   */
  static @Nullable Instant until(FeaturePlan plan, History history) {
    OptionalLong maturity =
        plan.label().map(LabelPlan::maturityMicros).orElse(OptionalLong.empty());
    return maturity.isEmpty()
        ? null
        : history.replayUntil().plus(maturity.getAsLong(), ChronoUnit.MICROS).plus(A_DAY);
  }

  private static float label(@Nullable Object label) {
    if (label == null) {
      return Float.NaN;
    }
    return label instanceof Boolean b ? (b ? 1 : 0) : ((Number) label).floatValue();
  }

  private static float[] toArray(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  /** NaN where not both labels occur. */
  private static double auc(TrainingRows rows, float[] scores) {
    boolean positive = false;
    boolean negative = false;
    for (int i = 0; i < rows.size(); i++) {
      positive |= rows.label(i) == 1;
      negative |= rows.label(i) == 0;
    }
    return positive && negative ? Evaluation.auc(rows.labels(), scores) : Double.NaN;
  }

  /** The number of decisions on requests of the counted time; the database must be closed. */
  static long actions(Path folder, History history) {
    try (DecisionDatabase database = DecisionDatabase.open(ServeRun.databaseFile(folder))) {
      return database.latest(Integer.MAX_VALUE).stream()
          .map(Decision::eventTime)
          .filter(t -> !t.isBefore(history.replayFrom()))
          .count();
    }
  }
}
