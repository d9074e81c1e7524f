package dev.lockstep.testing;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.ApproxDistinct;
import dev.lockstep.aggregate.ApproxQuantile;
import dev.lockstep.aggregate.Correlation;
import dev.lockstep.aggregate.Covariance;
import dev.lockstep.aggregate.Decayed;
import dev.lockstep.aggregate.Fraction;
import dev.lockstep.aggregate.Quantile;
import dev.lockstep.aggregate.QuantileDiscrete;
import dev.lockstep.aggregate.Shape;
import dev.lockstep.aggregate.Slope;
import dev.lockstep.testing.NaiveAggregates.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the aggregations about the spread of numbers, and how they go together, are. */
final class NaiveDistributions {
  /** So many to 1: all finite doubles are integers of 2^-1074, all decimals of 10^-6. */
  private static final BigInteger UNITS = BigInteger.TWO.pow(1074).multiply(BigInteger.TEN.pow(6));

  private NaiveDistributions() {}

  static boolean knows(Aggregation aggregation) {
    return aggregation instanceof Quantile
        || aggregation instanceof QuantileDiscrete
        || aggregation instanceof ApproxQuantile
        || aggregation instanceof ApproxDistinct
        || aggregation instanceof Shape
        || aggregation instanceof Covariance
        || aggregation instanceof Correlation
        || aggregation instanceof Slope
        || aggregation instanceof Decayed;
  }

  /** As {@link NaiveAggregates#value}. */
  static @Nullable Object value(Aggregation aggregation, List<Row> rows, NaiveWindow window) {
    if (aggregation instanceof ApproxDistinct) {
      return NaiveSketches.distinct(sorted(rows));
    }
    if (rows.isEmpty()) {
      return null;
    }
    if (aggregation instanceof Quantile quantile) {
      return interpolated(sorted(rows), quantile.q());
    }
    if (aggregation instanceof QuantileDiscrete quantile) {
      return ofRank(sorted(rows), quantile.q());
    }
    if (aggregation instanceof ApproxQuantile quantile) {
      BigDecimal exact = NaiveAggregates.exact(ofRank(sorted(rows), quantile.q()));
      return NaiveSketches.bucketMiddle(
          exact, BigDecimal.valueOf(quantile.relativeError().value()));
    }
    if (aggregation instanceof Decayed decayed) {
      return decayed(rows, decayed, window);
    }
    if (aggregation instanceof Shape shape) {
      return shape(deviations(rows, row -> units(row.inputs().get(0))), shape.tails());
    }
    Function<Row, BigInteger> y = row -> units(row.inputs().get(0));
    if (aggregation instanceof Slope) {
      return slope(
          deviations(rows, row -> BigInteger.valueOf(row.eventTimeMicros())), deviations(rows, y));
    }
    List<BigInteger> first = deviations(rows, y);
    List<BigInteger> second = deviations(rows, row -> units(row.inputs().get(1)));
    return aggregation instanceof Covariance covariance
        ? covariance(first, second, covariance.ofSample() ? 1 : 0)
        : correlation(first, second);
  }

  private static List<Object> sorted(List<Row> rows) {
    List<Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.inputs().get(0)));
    values.sort(NaiveOrder::compare);
    return values;
  }

  private static Object interpolated(List<Object> sorted, Fraction q) {
    BigDecimal h = BigDecimal.valueOf(q.value()).multiply(new BigDecimal(sorted.size() - 1));
    int j = h.setScale(0, RoundingMode.FLOOR).intValueExact();
    BigDecimal low = NaiveAggregates.exact(sorted.get(j));
    BigDecimal high = NaiveAggregates.exact(sorted.get(Math.min(j + 1, sorted.size() - 1)));
    BigDecimal g = h.subtract(new BigDecimal(j));
    return NearestDouble.of(low.add(g.multiply(high.subtract(low))));
  }

  private static Object ofRank(List<Object> sorted, Fraction q) {
    BigDecimal rank = BigDecimal.valueOf(q.value()).multiply(new BigDecimal(sorted.size()));
    return sorted.get(Math.max(1, rank.setScale(0, RoundingMode.CEILING).intValueExact()) - 1);
  }

  private static @Nullable Object decayed(List<Row> rows, Decayed kind, NaiveWindow window) {
    BigInteger until =
        kind.mean()
            ? BigInteger.valueOf(rows.get(rows.size() - 1).eventTimeMicros())
            : window.now();
    double life = (double) kind.halfLife().dividedBy(ChronoUnit.MICROS.getDuration());
    double sum = 0.0;
    double mass = 0.0;
    for (Row row : rows) {
      double value = NearestDouble.of(NaiveAggregates.exact(row.inputs().get(0)));
      double age = until.subtract(BigInteger.valueOf(row.eventTimeMicros())).doubleValue();
      double weight = StrictMath.pow(2.0, -(age / life));
      sum = sum + value * weight;
      mass = mass + weight;
    }
    return finite(kind.mean() ? sum / mass : sum);
  }

  /** n x - S1 of each x: n times its deviation from the mean. */
  private static List<BigInteger> deviations(List<Row> rows, Function<Row, BigInteger> of) {
    BigInteger n = BigInteger.valueOf(rows.size());
    BigInteger sum = rows.stream().map(of).reduce(BigInteger.ZERO, BigInteger::add);
    return rows.stream().map(row -> of.apply(row).multiply(n).subtract(sum)).toList();
  }

  private static BigInteger units(Object number) {
    return NaiveAggregates.exact(number).multiply(new BigDecimal(UNITS)).toBigIntegerExact();
  }

  private static BigInteger sumOfProducts(List<BigInteger> a, List<BigInteger> b) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < a.size(); i++) {
      sum = sum.add(a.get(i).multiply(b.get(i)));
    }
    return sum;
  }

  /** With Dk the sum of (n x - S1)^k: g1^2 = n D3^2 / D2^3, and g2 = n D4 / D2^2 - 3. */
  private static @Nullable Object shape(List<BigInteger> deviations, boolean tails) {
    BigInteger n = BigInteger.valueOf(deviations.size());
    List<BigInteger> squares = deviations.stream().map(x -> x.multiply(x)).toList();
    BigInteger d2 = sumOfProducts(deviations, deviations);
    if (d2.signum() == 0) {
      return null;
    }
    if (tails) {
      BigInteger d4 = sumOfProducts(squares, squares);
      BigInteger square = d2.multiply(d2);
      BigInteger excess = n.multiply(d4).subtract(square.multiply(BigInteger.valueOf(3)));
      return quotient(excess, square);
    }
    BigInteger d3 = sumOfProducts(squares, deviations);
    return root(d3.signum(), n.multiply(d3).multiply(d3), d2.pow(3));
  }

  private static @Nullable Object covariance(List<BigInteger> x, List<BigInteger> y, int less) {
    int n = x.size();
    if (n <= less) {
      return null;
    }
    BigInteger divisor = BigInteger.valueOf(n).pow(2).multiply(BigInteger.valueOf(n - less));
    return quotient(sumOfProducts(x, y), divisor.multiply(UNITS.pow(2)));
  }

  private static @Nullable Object correlation(List<BigInteger> x, List<BigInteger> y) {
    BigInteger both = sumOfProducts(x, y);
    BigInteger product = sumOfProducts(x, x).multiply(sumOfProducts(y, y));
    return product.signum() == 0 ? null : root(both.signum(), both.multiply(both), product);
  }

  private static @Nullable Object slope(List<BigInteger> times, List<BigInteger> y) {
    BigInteger spread = sumOfProducts(times, times);
    return spread.signum() == 0
        ? null
        : quotient(
            sumOfProducts(times, y).multiply(BigInteger.valueOf(1_000_000)),
            spread.multiply(UNITS));
  }

  /** The root of a quotient that was rounded once, with a sign. */
  private static @Nullable Object root(int sign, BigInteger numerator, BigInteger denominator) {
    double square = NearestDouble.ofQuotient(new BigDecimal(numerator), denominator);
    return finite(sign < 0 ? -Math.sqrt(square) : Math.sqrt(square));
  }

  private static @Nullable Object quotient(BigInteger numerator, BigInteger denominator) {
    return finite(NearestDouble.ofQuotient(new BigDecimal(numerator), denominator));
  }

  private static @Nullable Object finite(double value) {
    return Double.isFinite(value) ? value + 0.0 : null;
  }
}
