package dev.lockstep.testing;

import dev.lockstep.aggregate.Aggregation;
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
import dev.lockstep.aggregate.NthNewestDistinct;
import dev.lockstep.aggregate.NthRanked;
import dev.lockstep.aggregate.RankedValues;
import dev.lockstep.aggregate.Since;
import dev.lockstep.aggregate.Speed;
import dev.lockstep.aggregate.Streak;
import dev.lockstep.aggregate.TopFrequent;
import dev.lockstep.aggregate.TopShare;
import dev.lockstep.aggregate.TopSpeed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each aggregation of order, categories, times and steps is, boxed and naive. */
final class NaiveSequences {
  private static final Set<Class<?>> KNOWN =
      Set.of(
          ArgExtreme.class,
          Change.class,
          DistanceTravelled.class,
          EndValues.class,
          Entropy.class,
          GapMean.class,
          GapStddev.class,
          Histogram.class,
          NewestDistinct.class,
          NthFrequent.class,
          NthNewestDistinct.class,
          NthRanked.class,
          RankedValues.class,
          Since.class,
          Speed.class,
          Streak.class,
          TopFrequent.class,
          TopShare.class,
          TopSpeed.class);
  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

  private NaiveSequences() {}

  /** Whether {@link #value} is for it. */
  static boolean knows(Aggregation aggregation) {
    return KNOWN.contains(aggregation.getClass());
  }

  /** The value over the rows that take part, in the window's order. */
  static @Nullable Object value(
      Aggregation aggregation, List<NaiveAggregates.Row> rows, NaiveWindow window) {
    if (aggregation instanceof Streak) {
      return streak(rows);
    }
    if (rows.isEmpty()) {
      return null;
    }
    if (aggregation instanceof Since since) {
      int event = since.newest() ? rows.size() - 1 : 0;
      return seconds(window.now().subtract(time(rows, event)), 1);
    }
    if (aggregation instanceof GapMean) {
      int gaps = rows.size() - 1;
      return gaps < 1 ? null : seconds(time(rows, gaps).subtract(time(rows, 0)), gaps);
    }
    if (aggregation instanceof GapStddev) {
      return gapStddev(rows);
    }
    if (aggregation instanceof ArgExtreme arg) {
      return argExtreme(rows, arg.greatest() ? 1 : -1);
    }
    if (aggregation instanceof DistanceTravelled) {
      return distance(rows);
    }
    if (aggregation instanceof Speed) {
      Double speed = rows.size() < 2 ? null : speed(rows, rows.size() - 1);
      return speed == null ? null : finite(speed);
    }
    if (aggregation instanceof TopSpeed) {
      return topSpeed(rows);
    }
    List<Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.inputs().get(0)));
    return ofValues(aggregation, values);
  }

  private static @Nullable Object ofValues(Aggregation aggregation, List<Object> values) {
    List<Object> newestFirst = new ArrayList<>(values);
    Collections.reverse(newestFirst);
    List<Object> sorted = new ArrayList<>(values);
    sorted.sort(NaiveOrder::compare);
    List<Object> descending = new ArrayList<>(sorted);
    Collections.reverse(descending);
    Map<Object, Long> counts =
        values.stream()
            .collect(
                Collectors.groupingBy(
                    v -> v, () -> new TreeMap<>(NaiveOrder::compare), Collectors.counting()));
    List<Object> frequent = new ArrayList<>(counts.keySet());
    frequent.sort((a, b) -> Long.compare(count(counts, b), count(counts, a)));
    List<Object> distinct = new ArrayList<>(new LinkedHashSet<>(newestFirst));

    if (aggregation instanceof EndValues end) {
      return list(end.fromEnd() ? newestFirst : values, end.k());
    }
    if (aggregation instanceof NewestDistinct newest) {
      return list(distinct, newest.k());
    }
    if (aggregation instanceof NthNewestDistinct nth) {
      return at(distinct, nth.place());
    }
    if (aggregation instanceof RankedValues ranked) {
      return list(ranked.greatest() ? descending : sorted, ranked.k());
    }
    if (aggregation instanceof NthRanked nth) {
      return at(nth.greatest() ? descending : sorted, nth.place());
    }
    if (aggregation instanceof NthFrequent nth) {
      return at(frequent, nth.place());
    }
    if (aggregation instanceof TopFrequent top) {
      return list(frequent, top.k());
    }
    if (aggregation instanceof Change) {
      return newestFirst.size() < 2 ? null : change(newestFirst.get(0), newestFirst.get(1));
    }
    if (aggregation instanceof Histogram) {
      return counts.entrySet().stream()
          .map(e -> NaiveJson.key(e.getKey()) + ":" + e.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
    BigInteger events = BigInteger.valueOf(values.size());
    if (aggregation instanceof TopShare) {
      return NearestDouble.ofQuotient(BigDecimal.valueOf(count(counts, frequent.get(0))), events);
    }
    if (aggregation instanceof Entropy) {
      double entropy = 0;
      for (long count : counts.values()) {
        double share = NearestDouble.ofQuotient(BigDecimal.valueOf(count), events);
        entropy = entropy - share * StrictMath.log(share);
      }
      return entropy;
    }
    throw new IllegalArgumentException("no such sequence: " + aggregation);
  }

  private static long count(Map<Object, Long> counts, Object value) {
    return counts.getOrDefault(value, 0L);
  }

  private static String list(List<Object> values, int most) {
    return NaiveJson.list(values.subList(0, Math.min(most, values.size())));
  }

  private static @Nullable Object at(List<Object> values, int place) {
    return place > values.size() ? null : values.get(place - 1);
  }

  private static @Nullable Object change(Object latest, Object previous) {
    if (latest instanceof Long integer) {
      BigInteger change = BigInteger.valueOf(integer).subtract(BigInteger.valueOf((Long) previous));
      return change.bitLength() < Long.SIZE ? change.longValue() : null;
    }
    if (latest instanceof BigDecimal decimal) {
      return NaiveAggregates.fittedDecimal(decimal.subtract((BigDecimal) previous));
    }
    BigDecimal exact = new BigDecimal((Double) latest).subtract(new BigDecimal((Double) previous));
    return finite(NearestDouble.of(exact));
  }

  private static Object argExtreme(List<NaiveAggregates.Row> rows, int sign) {
    NaiveAggregates.Row best = rows.get(0);
    for (NaiveAggregates.Row row : rows) {
      if (NaiveOrder.compare(row.inputs().get(0), best.inputs().get(0)) * sign >= 0) {
        best = row;
      }
    }
    return best.inputs().get(1);
  }

  private static long streak(List<NaiveAggregates.Row> rows) {
    int last = rows.size() - 1;
    while (last >= 0 && rows.get(last).inputs().get(0).equals(true)) {
      last--;
    }
    return rows.size() - 1 - last;
  }

  private static BigInteger time(List<NaiveAggregates.Row> rows, int index) {
    return BigInteger.valueOf(rows.get(index).eventTimeMicros());
  }

  private static double seconds(BigInteger micros, int parts) {
    return NearestDouble.ofQuotient(
        new BigDecimal(micros), MICROS.multiply(BigInteger.valueOf(parts)));
  }

  /** (n S2 - S1^2) / (n (n - 1)) of the gaps in microseconds, in square seconds; then the root. */
  private static @Nullable Object gapStddev(List<NaiveAggregates.Row> rows) {
    long n = rows.size() - 1;
    if (n < 2) {
      return null;
    }
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    for (int i = 1; i <= n; i++) {
      BigInteger gap = time(rows, i).subtract(time(rows, i - 1));
      sum = sum.add(gap);
      squares = squares.add(gap.pow(2));
    }
    BigInteger above = BigInteger.valueOf(n).multiply(squares).subtract(sum.pow(2));
    BigInteger below = BigInteger.valueOf(n * (n - 1)).multiply(MICROS.pow(2));
    return Math.sqrt(NearestDouble.ofQuotient(new BigDecimal(above), below));
  }

  /** Null where one of the two is no place on earth. */
  private static @Nullable Double metres(List<NaiveAggregates.Row> rows, int from, int to) {
    return NaiveFunctions.metres(
        degrees(rows, from, 0), degrees(rows, from, 1), degrees(rows, to, 0), degrees(rows, to, 1));
  }

  private static double degrees(List<NaiveAggregates.Row> rows, int index, int input) {
    return NearestDouble.of(NaiveAggregates.exact(rows.get(index).inputs().get(input)));
  }

  private static @Nullable Object distance(List<NaiveAggregates.Row> rows) {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      Double metres = metres(rows, Math.max(0, i - 1), i);
      if (metres == null) {
        return null;
      }
      sum = i == 0 ? 0 : sum + metres;
    }
    return sum;
  }

  /** From the position before; infinite where no time passed, null where one is none on earth. */
  private static @Nullable Double speed(List<NaiveAggregates.Row> rows, int index) {
    Double metres = metres(rows, index - 1, index);
    BigInteger micros = time(rows, index).subtract(time(rows, index - 1));
    return metres == null
        ? null
        : micros.signum() == 0 ? Double.POSITIVE_INFINITY : metres / seconds(micros, 1);
  }

  private static @Nullable Object topSpeed(List<NaiveAggregates.Row> rows) {
    Double top = null;
    for (int i = 1; i < rows.size(); i++) {
      Double speed = speed(rows, i);
      if (speed == null) {
        return null;
      }
      if (!speed.isInfinite() && (top == null || speed > top)) {
        top = speed;
      }
    }
    return top;
  }

  private static @Nullable Object finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
