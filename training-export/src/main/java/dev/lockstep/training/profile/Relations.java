package dev.lockstep.training.profile;

import dev.lockstep.training.profile.Relation.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what columns tell about one label. */
final class Relations {
  /** A category's mean is drawn to that of all by as many rows: a rare one tells little. */
  private static final double DRAWN = 10;

  private final LabelKind kind;
  private final double[] labels;

  /** Each row's half of time. */
  private final boolean[] later;

  Relations(double[] labels, double[] times) {
    this.kind = LabelKind.of(labels);
    this.labels = labels;
    this.later = new boolean[times.length];
    if (times.length > 0) {
      double[] sorted = times.clone();
      Arrays.sort(sorted);
      double middle = sorted[sorted.length / 2];
      for (int i = 0; i < times.length; i++) {
        later[i] = times[i] >= middle;
      }
    }
  }

  LabelKind kind() {
    return kind;
  }

  /** Of a column of numbers. */
  Relation of(double[] values, int[] groupOf, int groupCount) {
    double score = Double.NaN;
    double nullScore = Double.NaN;
    double chance = 1;
    double nullChance = 1;
    if (kind == LabelKind.BINARY) {
      Separation separation = Separation.of(values, labels);
      score = separation.auc();
      nullScore = separation.nullAuc();
      chance = Significance.ofAuc(score, separation.ones(), separation.zeros());
      nullChance = Significance.ofAuc(nullScore, separation.ones(), separation.zeros());
    } else if (kind == LabelKind.NUMERIC) {
      score = Correlation.of(values, labels);
      double[] nulls = Arrays.stream(values).map(v -> Double.isNaN(v) ? 1 : 0).toArray();
      nullScore = Correlation.of(nulls, labels);
      chance = Significance.ofCorrelation(score, both(values, labels));
      nullChance = Significance.ofCorrelation(nullScore, both(nulls, labels));
    }
    boolean equal = isLabel(values);
    return new Relation(
        kind,
        score,
        nullScore,
        equal,
        groups(values, groupOf, groupCount),
        new Relation.Chances(chance, nullChance, equal ? chanceOfEqual(values) : 1));
  }

  private static long both(double[] values, double[] labels) {
    long both = 0;
    for (int i = 0; i < values.length; i++) {
      both += Double.isNaN(values[i]) || Double.isNaN(labels[i]) ? 0 : 1;
    }
    return both;
  }

  private double chanceOfEqual(double[] values) {
    Map<Double, Long> counts = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i]) && !Double.isNaN(labels[i])) {
        counts.merge(labels[i], 1L, Long::sum);
      }
    }
    return Significance.ofEqual(counts.values());
  }

  /**
   * What a column of text is worth.
   *
   * @param score as {@link Relation#score}
   * @param chance how likely it would be worth as much if it told nothing
   */
  record Told(double score, double chance) {}

  /** Of a column of text. */
  Told of(TextColumn column) {
    double[] learnt = learnt(column);
    double[] measured = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      measured[i] = later[i] ? labels[i] : Double.NaN;
    }
    return switch (kind) {
      case NONE -> new Told(Double.NaN, 1);
      case BINARY -> {
        Separation s = Separation.of(learnt, measured);
        yield new Told(s.auc(), Significance.ofAuc(s.auc(), s.ones(), s.zeros()));
      }
      case NUMERIC -> {
        double score = Correlation.of(learnt, measured);
        yield new Told(score, Significance.ofCorrelation(score, both(learnt, measured)));
      }
    };
  }

  private double[] learnt(TextColumn column) {
    double[] sums = new double[column.codes() + 1];
    double[] rows = new double[column.codes() + 1];
    double sum = 0;
    double all = 0;
    for (int i = 0; i < labels.length; i++) {
      if (!later[i] && !Double.isNaN(labels[i])) {
        sums[column.code(i) + 1] += labels[i];
        rows[column.code(i) + 1]++;
        sum += labels[i];
        all++;
      }
    }
    double mean = all == 0 ? 0 : sum / all;
    double[] learnt = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int code = column.code(i) + 1;
      learnt[i] = (sums[code] + DRAWN * mean) / (rows[code] + DRAWN);
    }
    return learnt;
  }

  private boolean isLabel(double[] values) {
    boolean varies = false;
    double first = Double.NaN;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i]) || Double.isNaN(labels[i])) {
        continue;
      }
      if (values[i] != labels[i]) {
        return false;
      }
      first = Double.isNaN(first) ? values[i] : first;
      varies |= values[i] != first;
    }
    return varies;
  }

  private List<Group> groups(double[] values, int[] groupOf, int groupCount) {
    double[] from = new double[groupCount];
    double[] to = new double[groupCount];
    Arrays.fill(from, Double.NaN);
    Arrays.fill(to, Double.NaN);
    long[] rows = new long[groupCount];
    for (int i = 0; i < values.length; i++) {
      int g = groupOf[i];
      from[g] = Double.isNaN(from[g]) ? values[i] : Math.min(from[g], values[i]);
      to[g] = Double.isNaN(to[g]) ? values[i] : Math.max(to[g], values[i]);
      rows[g]++;
    }
    double[] means = new double[groupCount];
    long[] labelled = means(groupOf, means);
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < groupCount; g++) {
      if (rows[g] > 0) {
        groups.add(new Group(from[g], to[g], rows[g], labelled[g], means[g]));
      }
    }
    return groups;
  }

  /**
   * The labels' mean in each group, NaN where none is known.
   *
   * @param means filled
   * @return how many labels each has
   */
  long[] means(int[] groupOf, double[] means) {
    long[] labelled = new long[means.length];
    Arrays.fill(means, 0);
    for (int i = 0; i < groupOf.length; i++) {
      if (!Double.isNaN(labels[i])) {
        labelled[groupOf[i]]++;
        means[groupOf[i]] += labels[i];
      }
    }
    for (int g = 0; g < means.length; g++) {
      means[g] = labelled[g] == 0 ? Double.NaN : means[g] / labelled[g];
    }
    return labelled;
  }
}
