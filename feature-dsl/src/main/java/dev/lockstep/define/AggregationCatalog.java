package dev.lockstep.define;

import static dev.lockstep.value.ValueType.DOUBLE;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Count;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.NthValue;
import dev.lockstep.aggregate.Rate;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * All aggregations of {@link Aggregations}, as one table: what {@code lockstep aggregations} prints
 * and docs/aggregations.md holds.
 */
public final class AggregationCatalog {
  static final String NULL = "null";
  static final String ANY = "any";
  static final String NUMBER = "number";
  static final String NUMBER_OR_INSTANT = "number, instant";
  static final String IRRELEVANT = "-";
  static final String BY_VALUE = "by value";

  private AggregationCatalog() {}

  /**
   * One aggregation.
   *
   * @param call how it is written: {@code sum(x)}
   * @param meaning what it is, in a few words
   * @param example one of its kind, which takes {@code exampleInputs}
   * @param takes the types of its inputs, in words
   * @param gives the type of its result, in words
   * @param overNothing what it gives where no event takes part
   * @param ties what decides among events of one place in the window's order, or equal values
   */
  public record Entry(
      String call,
      String meaning,
      Aggregation example,
      List<ValueType> exampleInputs,
      String takes,
      String gives,
      String overNothing,
      String ties) {

    public Entry {
      exampleInputs = List.copyOf(exampleInputs);
    }
  }

  /** All of them, related ones together. */
  public static List<Entry> entries() {
    List<Entry> all = new ArrayList<>(basics());
    all.addAll(DistributionCatalog.entries());
    all.addAll(SequenceCatalog.entries());
    return List.copyOf(all);
  }

  private static List<Entry> basics() {
    List<ValueType> number = List.of(DOUBLE);
    return List.of(
        new Entry(
            "count()", "number of events", new Count(), List.of(), "-", "LONG", "0", IRRELEVANT),
        new Entry(
            "rate()", "events per second", new Rate(), List.of(), "-", "DOUBLE", "0", IRRELEVANT),
        new Entry("sum(x)", "sum", new Sum(), number, NUMBER, "as x", NULL, IRRELEVANT),
        new Entry("avg(x)", "mean", new Average(), number, NUMBER, "DOUBLE", NULL, IRRELEVANT),
        deviation("variance(x)", "sample variance", true, false),
        deviation("populationVariance(x)", "population variance", false, false),
        deviation("stddev(x)", "sample standard deviation", true, true),
        deviation("populationStddev(x)", "population standard deviation", false, true),
        new Entry(
            "min(x)",
            "least value",
            new Extreme(false),
            number,
            NUMBER_OR_INSTANT,
            "as x",
            NULL,
            IRRELEVANT),
        new Entry(
            "max(x)",
            "greatest value",
            new Extreme(true),
            number,
            NUMBER_OR_INSTANT,
            "as x",
            NULL,
            IRRELEVANT),
        new Entry(
            "distinct(x)",
            "number of different values",
            new Distinct(),
            number,
            ANY,
            "LONG",
            "0",
            IRRELEVANT),
        nth("first(x)", "earliest value", new NthValue(false, 1)),
        nth("last(x)", "latest value", new NthValue(true, 1)),
        nth("previous(x)", "latest value but one", new NthValue(true, 2)));
  }

  private static Entry deviation(String call, String meaning, boolean ofSample, boolean root) {
    return new Entry(
        call,
        meaning,
        new Deviation(ofSample, root),
        List.of(DOUBLE),
        NUMBER,
        "DOUBLE",
        ofSample ? "null, also over one" : NULL,
        IRRELEVANT);
  }

  private static Entry nth(String call, String meaning, Aggregation example) {
    return new Entry(call, meaning, example, List.of(DOUBLE), ANY, "as x", NULL, BY_VALUE);
  }
}
