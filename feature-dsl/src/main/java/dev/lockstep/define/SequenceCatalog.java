package dev.lockstep.define;

import static dev.lockstep.define.AggregationCatalog.ALSO_OVER_ONE;
import static dev.lockstep.define.AggregationCatalog.BY_VALUE;
import static dev.lockstep.define.AggregationDescription.of;

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
import java.util.List;
import java.util.stream.Stream;

/** The catalogue's part about order, categories, times and steps. */
final class SequenceCatalog {
  private static final String LEAST = "the least value";
  private static final String REPEATED = "equal values repeat";
  private static final String LATEST = "the latest, then by value";

  private SequenceCatalog() {}

  static List<AggregationDescription> all() {
    return Stream.of(order(), categories(), times(), steps()).flatMap(List::stream).toList();
  }

  /** What depends on the order of events, or of values. */
  private static List<AggregationDescription> order() {
    return List.of(
        of("firstK(x, k)", "the k earliest values, oldest first", new EndValues(false, 3))
            .ties(BY_VALUE),
        of("lastK(x, k)", "the k latest values, newest first", new EndValues(true, 3))
            .ties(BY_VALUE),
        of(
                "lastKDistinct(x, k)",
                "the k different values that occurred last, newest first",
                new NewestDistinct(3))
            .ties(BY_VALUE),
        of("topK(x, k)", "the k greatest values, greatest first", new RankedValues(true, 3))
            .ties(REPEATED),
        of("bottomK(x, k)", "the k least values, least first", new RankedValues(false, 3))
            .ties(REPEATED),
        of("argMin(x, by)", "value of the event with the least by", new ArgExtreme(false))
            .reading("by", "x")
            .ties(LATEST),
        of("argMax(x, by)", "value of the event with the greatest by", new ArgExtreme(true))
            .reading("by", "x")
            .ties(LATEST));
  }

  /** What depends on how often values occur. */
  private static List<AggregationDescription> categories() {
    return List.of(
        of("mode(x)", "most frequent value", new NthFrequent(1)).ties(LEAST),
        of("topFrequent(x, k)", "the k most frequent values", new TopFrequent(3)).ties(LEAST),
        of("histogram(x)", "how often each value occurs", new Histogram()),
        of("entropy(x)", "entropy of the values' distribution, in nats", new Entropy()),
        of("topShare(x)", "share of the most frequent value", new TopShare()));
  }

  /** What depends on when events happened. */
  private static List<AggregationDescription> times() {
    return List.of(
        of("sinceLast()", "seconds from the newest event to the request", new Since(true)),
        of("sinceFirst()", "seconds from the oldest event to the request", new Since(false)),
        of("gapMean()", "mean seconds between consecutive events", new GapMean())
            .overNothing(ALSO_OVER_ONE),
        of("gapStddev()", "sample standard deviation of those seconds", new GapStddev())
            .overNothing("null, also under three"));
  }

  /** What depends on the steps from one event to the next. */
  private static List<AggregationDescription> steps() {
    return List.of(
        of("change(x)", "latest value less the previous", new Change())
            .overNothing(ALSO_OVER_ONE)
            .ties(BY_VALUE),
        of("streak(x)", "newest events in a row that are true", new Streak())
            .overNothing("0")
            .ties(BY_VALUE),
        of("distanceTravelled(lat, lon)", "metres along the positions", new DistanceTravelled())
            .overNothing("null; 0 over one")
            .ties(BY_VALUE),
        of("speed(lat, lon)", "metres per second of the newest step", new Speed())
            .overNothing(ALSO_OVER_ONE)
            .ties(BY_VALUE),
        of("topSpeed(lat, lon)", "metres per second of the fastest step", new TopSpeed())
            .overNothing(ALSO_OVER_ONE)
            .ties(BY_VALUE));
  }
}
