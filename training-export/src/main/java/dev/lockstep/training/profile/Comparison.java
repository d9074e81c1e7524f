package dev.lockstep.training.profile;

import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two training sets of the same requests side by side: usually as known, and by event time.
 *
 * @param one the first set's figures
 * @param other the second's
 * @param matchedRows rows of the first (of those held) that the second has too, by request id
 * @param features those in both sets, the greatest change of what they tell first
 */
public record Comparison(
    SetProfile one, SetProfile other, long matchedRows, List<Feature> features) {

  /**
   * One feature in both sets.
   *
   * @param score as {@link Relation#score} in the first
   * @param otherScore in the second
   * @param gain how much more it tells in the second: the difference of the AUCs, each turned to
   *     one half or more, or of the correlations' sizes
   * @param differing the share of matched rows whose value isn't the same; NaN if none matched
   * @param chance how likely it would gain as much if what differs told nothing
   */
  public record Feature(
      String name, double score, double otherScore, double gain, double differing, double chance) {}

  public Comparison {
    features = List.copyOf(features);
  }

  /**
   * The figures of two sets, and what differs.
   *
   * @throws dev.lockstep.beam.write.TrainingSetException if a folder is no training set
   */
  public static Comparison of(Path folder, Path otherFolder) {
    TrainingSetReader.open(otherFolder); // refused before the work, not after half of it
    TrainingColumns columns = TrainingColumns.read(folder);
    SetProfile one = Profiler.profile(columns);
    List<Pair> pairs = pairs(columns, otherFolder);
    NumberColumn labels = columns.labels();
    long[] matched = new long[1];
    columns.match(
        otherFolder,
        (row, values) -> {
          matched[0]++;
          pairs.forEach(p -> p.compare(row, values, labels.get(row)));
        });
    SetProfile other = Profiler.profile(otherFolder);
    List<Feature> features = new ArrayList<>();
    for (Pair pair : pairs) {
      features.add(feature(one, other, pair, matched[0], labels));
    }
    features.sort(
        Comparator.comparingDouble((Feature f) -> -Math.abs(f.gain)).thenComparing(Feature::name));
    return new Comparison(one, other, matched[0], features);
  }

  private static Feature feature(
      SetProfile one, SetProfile other, Pair pair, long matched, NumberColumn labels) {
    FeatureProfile mine = Objects.requireNonNull(one.feature(pair.name));
    FeatureProfile theirs = Objects.requireNonNull(other.feature(pair.name));
    double scale = one.labelKind() == LabelKind.BINARY ? 0.5 : 1;
    double gain = scale * (theirs.relation().strength() - mine.relation().strength());
    return new Feature(
        pair.name,
        mine.relation().score(),
        theirs.relation().score(),
        gain,
        matched == 0 ? Double.NaN : (double) pair.differing / matched,
        Significance.above(gain / deviation(one.labelKind(), pair, labels)));
  }

  /**
   * By how much a score moves by chance where the differing values tell nothing: of an AUC, each
   * row's share of the pairs it wins is even between 0 and 1, so that of two such values the
   * difference has a variance of a sixth; a correlation has one of 2 a row. Rows in one set only
   * differ. Text is measured on half of the rows.
   */
  private static double deviation(LabelKind kind, Pair pair, NumberColumn labels) {
    long[] rows = new long[2];
    for (int i = 0; i < labels.size(); i++) {
      if (!Double.isNaN(labels.get(i))) {
        rows[labels.get(i) == 1 ? 1 : 0]++;
      }
    }
    double zeros = rows[0] - (double) pair.same[0];
    double ones = rows[1] - (double) pair.same[1];
    double all = rows[0] + (double) rows[1];
    double variance =
        kind == LabelKind.BINARY
            ? (ones / rows[1] / rows[1] + zeros / rows[0] / rows[0]) / 6
            : 2 * (ones + zeros) / all / all;
    return Math.sqrt(pair.texts == null ? variance : 2 * variance);
  }

  private static List<Pair> pairs(TrainingColumns columns, Path otherFolder) {
    List<TrainingSchema.Column> others =
        TrainingSetReader.open(otherFolder).manifest().schema().features();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      String name = others.get(i).name();
      boolean text = others.get(i).type() == ValueType.STRING;
      int place = i;
      if (text) {
        columns.texts().stream()
            .filter(c -> c.name().equals(name))
            .forEach(c -> pairs.add(new Pair(name, place, null, c)));
      } else {
        columns.numbers().stream()
            .filter(c -> c.name().equals(name))
            .forEach(c -> pairs.add(new Pair(name, place, c, null)));
      }
    }
    return pairs;
  }

  /** A feature of both, and in how many matched rows it differs. */
  private static final class Pair {
    final String name;
    final int place;
    final @Nullable NumberColumn numbers;
    final @Nullable TextColumn texts;
    long differing;

    /** Labelled rows whose value is the same: of label 1, and of all others. */
    final long[] same = new long[2];

    Pair(String name, int place, @Nullable NumberColumn numbers, @Nullable TextColumn texts) {
      this.name = name;
      this.place = place;
      this.numbers = numbers;
      this.texts = texts;
    }

    void compare(int row, Values other, double label) {
      boolean isSame = true;
      if (numbers != null) {
        isSame = Double.compare(numbers.get(row), TrainingColumns.number(other, place)) == 0;
      } else if (texts != null) {
        isSame = texts.is(row, other.getString(place));
      }
      differing += isSame ? 0 : 1;
      if (isSame && !Double.isNaN(label)) {
        same[label == 1 ? 1 : 0]++;
      }
    }
  }
}
