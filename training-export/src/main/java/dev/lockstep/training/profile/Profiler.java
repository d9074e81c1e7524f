package dev.lockstep.training.profile;

import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.training.profile.FeatureProfile.Drift;
import dev.lockstep.value.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Takes the figures of a training set. The same rows give the same figures. */
public final class Profiler {
  private static final int CATEGORIES = 12;

  private final TrainingColumns columns;
  private final double[] labels;
  private final Periods periods;
  private final int[] periodOf;
  private final Relations relations;
  private final Stability stability;

  private Profiler(TrainingColumns columns) {
    this.columns = columns;
    this.labels = columns.labels().values();
    double[] times = columns.times().values();
    Moments range = columns.times().moments();
    this.periods =
        range.count() == 0 ? Periods.of(0, 0) : Periods.of((long) range.min(), (long) range.max());
    this.periodOf = periods.of(times);
    this.relations = new Relations(labels, times);
    long[] rows = new long[periods.count()];
    Arrays.stream(periodOf).forEach(p -> rows[p]++);
    this.stability =
        new Stability(rows, periods.cycle(), columns.manifest().schema().features().size());
  }

  /**
   * The figures of the training set in a folder.
   *
   * @throws dev.lockstep.beam.write.TrainingSetException if it isn't one, or wasn't finished
   */
  public static SetProfile profile(Path folder) {
    return profile(TrainingColumns.read(folder));
  }

  static SetProfile profile(TrainingColumns columns) {
    return new Profiler(columns).profile();
  }

  private SetProfile profile() {
    double[] labelMeans = new double[periods.count()];
    relations.means(periodOf, labelMeans);
    long[] rows = new long[periods.count()];
    Arrays.stream(periodOf).forEach(p -> rows[p]++);
    Moments label = columns.labels().moments();
    return new SetProfile(
        columns.manifest(),
        columns.rows(),
        columns.size(),
        columns.oneIn(),
        columns.size() == 0 ? List.of() : periods.names(),
        periods.width(),
        compared(),
        columns.size() == 0 ? List.of() : Arrays.stream(rows).boxed().toList(),
        columns.size() == 0 ? List.of() : Arrays.stream(labelMeans).boxed().toList(),
        relations.kind(),
        label.count(),
        label.mean(),
        features(),
        keys(),
        duplicates());
  }

  private String compared() {
    int cycle = periods.cycle();
    int first = Stability.firstPeriods(periods.count(), cycle);
    return (cycle == 1 ? "each period" : "each " + cycle + " periods in a row")
        + " against the first "
        + (first == 1 ? "one" : first);
  }

  private List<FeatureProfile> features() {
    Map<String, Object> byName =
        Stream.concat(columns.numbers().stream(), columns.texts().stream())
            .collect(Collectors.toMap(Profiler::name, Function.identity()));
    return columns.manifest().schema().features().parallelStream()
        .map(TrainingSchema.Column::name)
        .map(byName::get)
        .map(c -> c instanceof NumberColumn number ? profile(number) : profile((TextColumn) c))
        .toList();
  }

  private static String name(Object column) {
    return column instanceof NumberColumn number ? number.name() : ((TextColumn) column).name();
  }

  private FeatureProfile profile(NumberColumn column) {
    double[] values = column.values();
    double[] sorted = column.sorted();
    Groups groups = Groups.of(sorted);
    int[] groupOf = groups.ofAll(values);
    Moments moments = column.moments();
    Distribution distribution = Distribution.of(sorted, isWhole(column.type()));
    return new FeatureProfile(
        column.name(),
        column.type(),
        moments.count(),
        moments.nulls(),
        distribution.distinct(),
        moments.min(),
        moments.max(),
        moments.mean(),
        moments.stddev(),
        distribution,
        drift(values, groupOf, groups.count()),
        relations.of(values, groupOf, groups.count()),
        List.of());
  }

  private static boolean isWhole(ValueType type) {
    return type == ValueType.LONG || type == ValueType.BOOLEAN;
  }

  private Drift drift(double[] values, int[] groupOf, int groupCount) {
    int n = periods.count();
    double[] sums = new double[n];
    long[] known = new long[n];
    long[] rows = new long[n];
    for (int i = 0; i < values.length; i++) {
      rows[periodOf[i]]++;
      if (!Double.isNaN(values[i])) {
        known[periodOf[i]]++;
        sums[periodOf[i]] += values[i];
      }
    }
    List<Double> means = new ArrayList<>();
    List<Double> nulls = new ArrayList<>();
    for (int p = 0; p < n; p++) {
      means.add(known[p] == 0 ? Double.NaN : sums[p] / known[p]);
      nulls.add(rows[p] == 0 ? Double.NaN : (double) (rows[p] - known[p]) / rows[p]);
    }
    List<Stability.Shift> shifts = stability.of(Stability.counts(groupOf, groupCount, periodOf, n));
    return new Drift(
        means,
        nulls,
        shifts.stream().map(Stability.Shift::index).toList(),
        shifts.stream().map(Stability.Shift::bound).toList(),
        shifts.stream().map(Stability.Shift::moved).toList());
  }

  private FeatureProfile profile(TextColumn column) {
    int[] top = topCodes(column);
    Map<Integer, Integer> place = new HashMap<>();
    for (int i = 0; i < top.length; i++) {
      place.put(top[i], i);
    }
    // A group each, one for the rest, and the nulls last.
    int groupCount = top.length + 2;
    int[] groupOf = new int[column.size()];
    double[] isTop = new double[column.size()];
    double[] isNull = new double[column.size()];
    long[] rows = new long[groupCount];
    for (int i = 0; i < groupOf.length; i++) {
      boolean none = column.code(i) == TextColumn.NULL;
      groupOf[i] = none ? groupCount - 1 : place.getOrDefault(column.code(i), top.length);
      isTop[i] = none ? Double.NaN : groupOf[i] == 0 ? 1 : 0;
      isNull[i] = none ? Double.NaN : 1;
      rows[groupOf[i]]++;
    }
    double[] means = new double[groupCount];
    relations.means(groupOf, means);
    List<Category> categories = new ArrayList<>();
    for (int i = 0; i < top.length; i++) {
      categories.add(new Category(column.text(top[i]), rows[i], means[i]));
    }
    Relation ofNulls = relations.of(isNull, new int[isNull.length], 1);
    Relations.Told told = relations.of(column);
    return new FeatureProfile(
        column.name(),
        ValueType.STRING,
        column.count(),
        column.nulls(),
        column.distinct(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Distribution.of(new double[0], true),
        drift(isTop, groupOf, groupCount),
        new Relation(
            relations.kind(),
            told.score(),
            ofNulls.nullScore(),
            false,
            List.of(),
            new Relation.Chances(told.chance(), ofNulls.chances().nulls(), 1)),
        categories);
  }

  /** The most frequent codes; of equally frequent ones the text decides. */
  private static int[] topCodes(TextColumn column) {
    int[] rows = new int[column.codes()];
    for (int i = 0; i < column.size(); i++) {
      if (column.code(i) != TextColumn.NULL) {
        rows[column.code(i)]++;
      }
    }
    return IntStream.range(0, rows.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer c) -> -rows[c]).thenComparing(column::text))
        .limit(CATEGORIES)
        .mapToInt(c -> c)
        .toArray();
  }

  private List<KeyProfile> keys() {
    List<KeyProfile> keys = new ArrayList<>();
    double[] digits = columns.idDigits().values();
    Relation ofId = relations.of(digits, new int[digits.length], 1);
    keys.add(
        new KeyProfile("request_id", true, columns.size(), ofId.score(), ofId.chances().score()));
    for (TextColumn key : columns.keys()) {
      Relations.Told told = relations.of(key);
      keys.add(new KeyProfile(key.name(), false, key.distinct(), told.score(), told.chance()));
    }
    return keys;
  }

  private List<List<String>> duplicates() {
    if (columns.size() < 2) {
      return List.of();
    }
    List<List<String>> groups = new ArrayList<>();
    Map<Integer, List<NumberColumn>> byHash =
        columns.numbers().stream()
            .filter(c -> c.moments().count() > 0 && c.moments().min() < c.moments().max())
            .collect(Collectors.groupingBy(c -> Arrays.hashCode(c.values())));
    byHash
        .values()
        .forEach(
            same ->
                groups.addAll(
                    equal(
                        same,
                        (a, b) -> Arrays.equals(a.values(), b.values()),
                        NumberColumn::name)));
    groups.addAll(
        equal(
            columns.texts().stream().filter(t -> t.distinct() > 1).toList(),
            TextColumn::sameAs,
            TextColumn::name));
    groups.sort(Comparator.comparing(g -> g.get(0)));
    return groups;
  }

  private static <C> List<List<String>> equal(
      List<C> columns, BiPredicate<C, C> same, Function<C, String> name) {
    List<List<String>> groups = new ArrayList<>();
    List<C> left = new ArrayList<>(columns);
    while (!left.isEmpty()) {
      C first = left.remove(0);
      List<C> equal = left.stream().filter(c -> same.test(first, c)).toList();
      left.removeAll(equal);
      if (!equal.isEmpty()) {
        groups.add(Stream.concat(Stream.of(first), equal.stream()).map(name).toList());
      }
    }
    return groups;
  }
}
