package dev.lockstep.define;

import static dev.lockstep.define.AggregationCatalog.ANY;
import static dev.lockstep.define.AggregationCatalog.BY_VALUE;
import static dev.lockstep.define.AggregationCatalog.IRRELEVANT;
import static dev.lockstep.define.AggregationCatalog.NULL;
import static dev.lockstep.define.AggregationCatalog.NUMBER;
import static dev.lockstep.define.AggregationCatalog.NUMBER_OR_INSTANT;

import dev.lockstep.aggregate.ArgExtreme;
import dev.lockstep.aggregate.Change;
import dev.lockstep.aggregate.DistanceTravelled;
import dev.lockstep.aggregate.EndValues;
import dev.lockstep.aggregate.Entropy;
import dev.lockstep.aggregate.GapMean;
import dev.lockstep.aggregate.GapStddev;
import dev.lockstep.aggregate.Histogram;
import dev.lockstep.aggregate.NewestDistinct;
import dev.lockstep.aggregate.NthFrequent;
import dev.lockstep.aggregate.RankedValues;
import dev.lockstep.aggregate.Since;
import dev.lockstep.aggregate.Speed;
import dev.lockstep.aggregate.Streak;
import dev.lockstep.aggregate.TopFrequent;
import dev.lockstep.aggregate.TopShare;
import dev.lockstep.aggregate.TopSpeed;
import dev.lockstep.define.AggregationCatalog.Entry;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue's entries of order, categories, times and steps. */
final class SequenceCatalog {
  private static final List<ValueType> ONE = List.of(ValueType.DOUBLE);
  private static final List<ValueType> TWO = List.of(ValueType.DOUBLE, ValueType.DOUBLE);
  private static final String LEAST = "the least value";

  private SequenceCatalog() {}

  static List<Entry> entries() {
    return Stream.of(order(), categories(), times(), steps()).flatMap(List::stream).toList();
  }

  /** What depends on the order of events, or of values. */
  private static List<Entry> order() {
    return List.of(
        new Entry(
            "firstK(x, k)",
            "the k earliest values, oldest first",
            new EndValues(false, 3),
            ONE,
            ANY,
            "JSON list",
            NULL,
            BY_VALUE),
        new Entry(
            "lastK(x, k)",
            "the k latest values, newest first",
            new EndValues(true, 3),
            ONE,
            ANY,
            "JSON list",
            NULL,
            BY_VALUE),
        new Entry(
            "lastKDistinct(x, k)",
            "the k different values that occurred last, newest first",
            new NewestDistinct(3),
            ONE,
            ANY,
            "JSON list",
            NULL,
            BY_VALUE),
        new Entry(
            "topK(x, k)",
            "the k greatest values, greatest first",
            new RankedValues(true, 3),
            ONE,
            NUMBER_OR_INSTANT,
            "JSON list",
            NULL,
            "equal values repeat"),
        new Entry(
            "bottomK(x, k)",
            "the k least values, least first",
            new RankedValues(false, 3),
            ONE,
            NUMBER_OR_INSTANT,
            "JSON list",
            NULL,
            "equal values repeat"),
        new Entry(
            "argMin(x, by)",
            "value of the event with the least by",
            new ArgExtreme(false),
            TWO,
            "any; by: " + NUMBER_OR_INSTANT,
            "as x",
            NULL,
            "the latest, then by value"),
        new Entry(
            "argMax(x, by)",
            "value of the event with the greatest by",
            new ArgExtreme(true),
            TWO,
            "any; by: " + NUMBER_OR_INSTANT,
            "as x",
            NULL,
            "the latest, then by value"));
  }

  /** What depends on how often values occur. */
  private static List<Entry> categories() {
    return List.of(
        new Entry(
            "mode(x)", "most frequent value", new NthFrequent(1), ONE, ANY, "as x", NULL, LEAST),
        new Entry(
            "topFrequent(x, k)",
            "the k most frequent values",
            new TopFrequent(3),
            ONE,
            ANY,
            "JSON list",
            NULL,
            LEAST),
        new Entry(
            "histogram(x)",
            "how often each value occurs",
            new Histogram(),
            ONE,
            ANY,
            "JSON object",
            NULL,
            IRRELEVANT),
        new Entry(
            "entropy(x)",
            "entropy of the values' distribution, in nats",
            new Entropy(),
            ONE,
            ANY,
            "DOUBLE",
            NULL,
            IRRELEVANT),
        new Entry(
            "topShare(x)",
            "share of the most frequent value",
            new TopShare(),
            ONE,
            ANY,
            "DOUBLE",
            NULL,
            IRRELEVANT));
  }

  /** What depends on when events happened. */
  private static List<Entry> times() {
    return List.of(
        new Entry(
            "sinceLast()",
            "seconds from the newest event to the request",
            new Since(true),
            List.of(),
            "-",
            "DOUBLE",
            NULL,
            IRRELEVANT),
        new Entry(
            "sinceFirst()",
            "seconds from the oldest event to the request",
            new Since(false),
            List.of(),
            "-",
            "DOUBLE",
            NULL,
            IRRELEVANT),
        new Entry(
            "gapMean()",
            "mean seconds between consecutive events",
            new GapMean(),
            List.of(),
            "-",
            "DOUBLE",
            "null, also over one",
            IRRELEVANT),
        new Entry(
            "gapStddev()",
            "sample standard deviation of those seconds",
            new GapStddev(),
            List.of(),
            "-",
            "DOUBLE",
            "null, also under three",
            IRRELEVANT));
  }

  /** What depends on the steps from one event to the next. */
  private static List<Entry> steps() {
    return List.of(
        new Entry(
            "change(x)",
            "latest value less the previous",
            new Change(),
            ONE,
            NUMBER,
            "as x",
            "null, also over one",
            BY_VALUE),
        new Entry(
            "streak(x)",
            "newest events in a row that are true",
            new Streak(),
            List.of(ValueType.BOOLEAN),
            "boolean",
            "LONG",
            "0",
            BY_VALUE),
        new Entry(
            "distanceTravelled(lat, lon)",
            "metres along the positions",
            new DistanceTravelled(),
            TWO,
            NUMBER,
            "DOUBLE",
            "null; 0 over one",
            BY_VALUE),
        new Entry(
            "speed(lat, lon)",
            "metres per second of the newest step",
            new Speed(),
            TWO,
            NUMBER,
            "DOUBLE",
            "null, also over one",
            BY_VALUE),
        new Entry(
            "topSpeed(lat, lon)",
            "metres per second of the fastest step",
            new TopSpeed(),
            TWO,
            NUMBER,
            "DOUBLE",
            "null, also over one",
            BY_VALUE));
  }
}
