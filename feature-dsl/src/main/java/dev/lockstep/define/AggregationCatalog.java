package dev.lockstep.define;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Count;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.Listing;
import dev.lockstep.aggregate.NthValue;
import dev.lockstep.aggregate.Rate;
import dev.lockstep.aggregate.Sum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The descriptions of all aggregations of {@link Aggregations}: the one place that says what each
 * is. {@code lockstep aggregations}, docs/aggregations.md, the names in errors and the names that
 * are reserved come from here.
 */
public final class AggregationCatalog {
  static final String BY_VALUE = "by value";
  static final String ALSO_OVER_ONE = "null, also over one";

  /** What follows the name of an aggregation that has parameters: {@code top_k_3}. */
  private static final Pattern PARAMETER = Pattern.compile("_[0-9P-].*");

  private static final Pattern BY_CATEGORY = Pattern.compile("(_by)*$");

  private static final List<AggregationDescription> ALL =
      Stream.of(basics(), DistributionCatalog.all(), SequenceCatalog.all())
          .flatMap(List::stream)
          .toList();

  private static final Map<String, AggregationDescription> BY_FAMILY = byFamily();

  private AggregationCatalog() {}

  /** All of them, related ones together. */
  public static List<AggregationDescription> all() {
    return ALL;
  }

  /**
   * The aggregation that has a name in plans and fingerprints, of whatever parameters, by itself or
   * for each category; empty if none has.
   */
  public static Optional<AggregationDescription> named(String name) {
    String whole = BY_CATEGORY.matcher(name).replaceFirst("");
    return Optional.ofNullable(BY_FAMILY.get(family(whole)));
  }

  private static Map<String, AggregationDescription> byFamily() {
    Map<String, AggregationDescription> byFamily = new HashMap<>();
    for (AggregationDescription description : ALL) {
      Aggregation example = description.example();
      byFamily.putIfAbsent(family(example.name()), description);
      if (example instanceof Listing list) {
        for (int place = 1; place <= list.size(); place++) {
          byFamily.putIfAbsent(family(list.element(place).name()), description);
        }
      }
    }
    return byFamily;
  }

  private static String family(String name) {
    return PARAMETER.matcher(name).replaceFirst("_*");
  }

  private static List<AggregationDescription> basics() {
    return List.of(
        of("count()", "number of events", new Count()).overNothing("0"),
        of("rate()", "events per second", new Rate()).overNothing("0"),
        of("sum(x)", "sum", new Sum()),
        of("avg(x)", "mean", new Average()),
        of("variance(x)", "sample variance", new Deviation(true, false)).overNothing(ALSO_OVER_ONE),
        of("populationVariance(x)", "population variance", new Deviation(false, false)),
        of("stddev(x)", "sample standard deviation", new Deviation(true, true))
            .overNothing(ALSO_OVER_ONE),
        of("populationStddev(x)", "population standard deviation", new Deviation(false, true)),
        of("min(x)", "least value", new Extreme(false)),
        of("max(x)", "greatest value", new Extreme(true)),
        of("distinct(x)", "number of different values", new Distinct()).overNothing("0"),
        of("first(x)", "earliest value", new NthValue(false, 1)).ties(BY_VALUE),
        of("last(x)", "latest value", new NthValue(true, 1)).ties(BY_VALUE),
        of("previous(x)", "latest value but one", new NthValue(true, 2))
            .overNothing(ALSO_OVER_ONE)
            .ties(BY_VALUE));
  }

  private static AggregationDescription of(String call, String meaning, Aggregation example) {
    return AggregationDescription.of(call, meaning, example);
  }
}
