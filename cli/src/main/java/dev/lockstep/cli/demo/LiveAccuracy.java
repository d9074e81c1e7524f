package dev.lockstep.cli.demo;

import dev.lockstep.cli.demo.KnownLabels.KnownLabel;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.value.ScoringResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How good the scores are as far as labels are known at an instant of the replay. */
final class LiveAccuracy {
  private final List<KnownLabel> labels;
  private final Map<String, ScoringResult> scores;
  private float[] labelled = new float[1024];
  private float[] scored = new float[1024];
  private int size;
  private int correct;
  private int next;

  LiveAccuracy(KnownLabels labels, Map<String, ScoringResult> scores) {
    this.labels = labels.inOrder();
    this.scores = scores;
  }

  /** Takes in what became known until an instant; instants may only grow. */
  void advance(long nowMicros) {
    while (next < labels.size() && labels.get(next).knownAtMicros() <= nowMicros) {
      KnownLabel label = labels.get(next++);
      ScoringResult score = scores.get(label.requestId());
      if (score != null) {
        add(label.value(), score);
      }
    }
  }

  private void add(float label, ScoringResult score) {
    if (size == labelled.length) {
      labelled = Arrays.copyOf(labelled, size * 2);
      scored = Arrays.copyOf(scored, size * 2);
    }
    labelled[size] = label;
    scored[size] = (float) score.score();
    size++;
    if (score.reachesThreshold() == (label == 1)) {
      correct++;
    }
  }

  /** The number of scores whose label is known. */
  int known() {
    return size;
  }

  /** The share of them that the threshold decided rightly; NaN for none. */
  double accuracy() {
    return size == 0 ? Double.NaN : (double) correct / size;
  }

  /** Their AUC; NaN while not both labels occur. */
  double auc() {
    boolean positive = false;
    boolean negative = false;
    for (int i = 0; i < size; i++) {
      positive |= labelled[i] == 1;
      negative |= labelled[i] == 0;
    }
    return positive && negative
        ? Evaluation.auc(Arrays.copyOf(labelled, size), Arrays.copyOf(scored, size))
        : Double.NaN;
  }
}
