package dev.lockstep.testing;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.ByCategory;
import dev.lockstep.aggregate.Count;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.Distinct;
import dev.lockstep.aggregate.Extreme;
import dev.lockstep.aggregate.NthValue;
import dev.lockstep.aggregate.Rate;
import dev.lockstep.aggregate.Sum;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each aggregation is, over the inputs of a window in the window's order (C6, C7). */
final class NaiveAggregates {
  private NaiveAggregates() {}

  /**
   * An event that takes part: it satisfies the condition, and no input is null.
   *
   * @param inputs in the order in which the feature reads them
   */
  record Row(long eventTimeMicros, List<Object> inputs) {}

  /**
   * The value of an aggregation.
   *
   * @param rows those that take part, in the window's order
   * @return null where there is nothing to give, or it doesn't fit its type
   */
  static @Nullable Object value(
      Aggregation aggregation, List<ValueType> types, List<Row> rows, NaiveWindow window) {
    if (aggregation instanceof ByCategory by) {
      return byCategory(by, types, rows, window);
    }
    if (NaiveSequences.knows(aggregation)) {
      return NaiveSequences.value(aggregation, rows, window);
    }
    if (aggregation instanceof Count) {
      return (long) rows.size();
    }
    if (aggregation instanceof Rate) {
      BigInteger length = window.through().subtract(window.after());
      return NearestDouble.ofQuotient(
          new BigDecimal(rows.size()).multiply(new BigDecimal(1_000_000)), length);
    }
    if (NaiveDistributions.knows(aggregation)) {
      return NaiveDistributions.value(aggregation, rows, window);
    }
    List<Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.inputs().get(0)));
    if (aggregation instanceof Distinct) {
      return (long) new HashSet<>(values).size();
    }
    if (values.isEmpty()) {
      return null;
    }
    if (aggregation instanceof Sum) {
      return switch (types.get(0)) {
        case LONG -> fitted(sum(values));
        case DECIMAL -> fittedDecimal(sum(values));
        default -> finite(sum(values), 1);
      };
    }
    if (aggregation instanceof Average) {
      return finite(sum(values), values.size());
    }
    if (aggregation instanceof Deviation deviation) {
      return deviation(values, deviation);
    }
    if (aggregation instanceof Extreme extreme) {
      return extreme(values, extreme.greatest() ? 1 : -1);
    }
    if (aggregation instanceof NthValue nth) {
      int index = nth.fromEnd() ? values.size() - nth.place() : nth.place() - 1;
      return index < 0 || index >= values.size() ? null : values.get(index);
    }
    throw new IllegalArgumentException(
        "the oracle knows no aggregation " + aggregation + "; teach it in NaiveAggregates");
  }

  private static @Nullable Object byCategory(
      ByCategory by, List<ValueType> types, List<Row> rows, NaiveWindow window) {
    Map<Object, List<Row>> categories = new TreeMap<>(NaiveOrder::compare);
    for (Row row : rows) {
      List<Object> rest = row.inputs().subList(1, row.inputs().size());
      categories
          .computeIfAbsent(row.inputs().get(0), k -> new ArrayList<>())
          .add(new Row(row.eventTimeMicros(), rest));
    }
    if (categories.isEmpty()) {
      return null;
    }
    List<String> entries = new ArrayList<>();
    categories.forEach(
        (category, its) -> {
          Object value = value(by.inner(), types.subList(1, types.size()), its, window);
          entries.add(
              NaiveJson.key(category)
                  + ":"
                  + (by.inner().givesJson() ? value : NaiveJson.of(value)));
        });
    return "{" + String.join(",", entries) + "}";
  }

  static BigDecimal exact(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    return number instanceof Long integer
        ? BigDecimal.valueOf(integer)
        : new BigDecimal((Double) number);
  }

  private static BigDecimal sum(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum = sum.add(exact(value));
    }
    return sum;
  }

  /** (n S2 - S1^2) / (n (n - 1)), or over n^2, rounded once; then the root. */
  private static @Nullable Object deviation(List<Object> values, Deviation kind) {
    long less = kind.ofSample() ? 1 : 0;
    if (values.size() <= less) {
      return null;
    }
    BigDecimal n = BigDecimal.valueOf(values.size());
    BigDecimal squares = BigDecimal.ZERO;
    for (Object value : values) {
      squares = squares.add(exact(value).multiply(exact(value)));
    }
    BigDecimal s1 = sum(values);
    double variance =
        NearestDouble.ofQuotient(
            n.multiply(squares).subtract(s1.multiply(s1)),
            BigInteger.valueOf(values.size() * (values.size() - less)));
    return Double.isInfinite(variance) ? null : kind.root() ? Math.sqrt(variance) : variance;
  }

  private static Object extreme(List<Object> values, int sign) {
    Object best = values.get(0);
    for (Object value : values) {
      if (NaiveOrder.compare(value, best) * sign > 0) {
        best = value;
      }
    }
    return best;
  }

  private static @Nullable Object fitted(BigDecimal sum) {
    BigInteger integer = sum.toBigIntegerExact();
    return integer.bitLength() < Long.SIZE ? integer.longValue() : null;
  }

  /** The decimal as values give it, or null if its millionths are no 64-bit integer. */
  static @Nullable Object fittedDecimal(BigDecimal sum) {
    if (sum.movePointRight(6).toBigIntegerExact().bitLength() >= Long.SIZE) {
      return null;
    }
    return sum.signum() == 0 || sum.stripTrailingZeros().scale() < 0
        ? sum.setScale(0)
        : sum.stripTrailingZeros();
  }

  private static @Nullable Object finite(BigDecimal numerator, int denominator) {
    double value = NearestDouble.ofQuotient(numerator, BigInteger.valueOf(denominator));
    return Double.isInfinite(value) ? null : value;
  }
}
