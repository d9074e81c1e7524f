package dev.lockstep.testing;

import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each aggregation is, over the inputs of a window in the window's order (C6, C7). */
final class NaiveAggregates {
  private NaiveAggregates() {}

  /**
   * The value of an aggregation.
   *
   * @param rows how many events the window holds
   * @param inputs their values of the column read; empty where it reads none
   * @return null where there is nothing to give, or it doesn't fit its type
   */
  static @Nullable Object value(
      String aggregation, ValueType inputType, int rows, List<@Nullable Object> inputs) {
    if (aggregation.equals("count")) {
      return (long) rows;
    }
    List<Object> values = new ArrayList<>();
    for (Object input : inputs) {
      if (input != null) {
        values.add(input);
      }
    }
    if (aggregation.equals("distinct")) {
      return (long) new HashSet<>(values).size();
    }
    if (values.isEmpty()) {
      return null;
    }
    return switch (aggregation) {
      case "sum" -> inputType == ValueType.LONG ? fitted(sum(values)) : finite(sum(values), 1);
      case "avg" -> finite(sum(values), values.size());
      case "stddev" -> deviation(values);
      case "min" -> extreme(values, -1);
      case "max" -> extreme(values, 1);
      case "first" -> values.get(0);
      case "last" -> values.get(values.size() - 1);
      default ->
          throw new IllegalArgumentException(
              "the oracle knows no aggregation ["
                  + aggregation
                  + "]; it knows count, distinct, sum, avg, stddev, min, max, first and last");
    };
  }

  private static BigDecimal exact(Object number) {
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

  /** (n S2 - S1^2) / (n (n - 1)), rounded once; then the root. */
  private static @Nullable Object deviation(List<Object> values) {
    if (values.size() < 2) {
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
            BigInteger.valueOf((long) values.size() * (values.size() - 1)));
    return Double.isInfinite(variance) ? null : Math.sqrt(variance);
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

  private static @Nullable Object finite(BigDecimal numerator, int denominator) {
    double value = NearestDouble.ofQuotient(numerator, BigInteger.valueOf(denominator));
    return Double.isInfinite(value) ? null : value;
  }
}
