package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code approxQuantile(x, q)}: the {@link QuantileDiscrete} of a number, off by at most a relative
 * error. DOUBLE, null over nothing; 0 exactly where that is 0.
 *
 * <p>A log-histogram ({@link LogBuckets}) that counts each bucket and never joins any, so that it
 * is a function of the window's values and rows can leave. Its memory doesn't grow with the window
 * but with the values' spread: 8 to 16 bytes for each bucket in use; at 1 %, 64 buckets for each
 * doubling. A read passes the buckets in use.
 *
 * @param q from 0 to 1
 * @param relativeError from 0.00001 to 0.5; the buckets are as fine as it asks, or finer
 */
public record ApproxQuantile(Fraction q, Fraction relativeError) implements Aggregation {

  /** The quantile of a q from 0 to 1 within a relative error from 0.00001 to 0.5. */
  public static ApproxQuantile of(double q, double relativeError) {
    return new ApproxQuantile(Fraction.of(q), Fraction.of(relativeError));
  }

  @Override
  public String name() {
    return "approx_quantile_" + q + "_within_" + relativeError;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    if (!inputs.get(0).isNumeric()) {
      return Optional.of(
          "take a quantile of a number; quantileDiscrete(x, q) takes an instant too");
    }
    if (!(relativeError.value() >= 0.00001 && relativeError.value() <= 0.5)) {
      return Optional.of(
          "give a relative error from 0.00001 to 0.5: approxQuantile(x, 0.95, 0.01);"
              + " quantileDiscrete(x, q) has none");
    }
    return q.rejection("a q", "approxQuantile(x, 0.95)");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public Cost cost() {
    return Cost.VALUES;
  }

  @Override
  public Exactness exactness() {
    return Exactness.APPROXIMATE;
  }

  /** The least digits for which {@code 2^-(digits + 1)} is at most the relative error. */
  private LogBuckets buckets() {
    int digits = 0;
    while (digits < LogBuckets.MOST_DIGITS
        && relativeError.numerator() << (digits + 1) < relativeError.denominator()) {
      digits++;
    }
    return new LogBuckets(digits);
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Histogram(inputs.get(0), buckets());
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    BucketCounts counts = ((HistogramState) state).counts;
    if (counts.total() == 0) {
      out.setNull(index);
      return;
    }
    long left = q.rankAmong(counts.total());
    int place = 0;
    while (left > counts.count(place)) {
      left -= counts.count(place++);
    }
    out.setDouble(index, ((HistogramState) state).buckets.valueOf(counts.key(place)));
  }

  /** Keeps how many values are in each bucket. */
  private record Histogram(ValueType input, LogBuckets buckets) implements StateSpec {
    @Override
    public Cost size() {
      return Cost.VALUES;
    }

    @Override
    public WindowState newState() {
      return new HistogramState(this);
    }
  }

  private static final class HistogramState implements WindowState {
    private final LogBuckets buckets;
    private final ValueType input;
    private final BucketCounts counts = new BucketCounts();

    HistogramState(Histogram spec) {
      this.buckets = spec.buckets;
      this.input = spec.input;
    }

    @Override
    public void enter(WindowRows rows, int row) {
      counts.add(key(rows, row));
    }

    @Override
    public void leave(WindowRows rows, int row) {
      counts.remove(key(rows, row));
    }

    @Override
    public void clear() {
      counts.clear();
    }

    private int key(WindowRows rows, int row) {
      ColumnVector values = rows.input(0);
      return switch (input) {
        case LONG -> buckets.keyOf(values.bits(row));
        // Its leading digits are the decimal's own; those of the nearest double may be rounded up.
        case DECIMAL -> buckets.keyOf(Decimals.towardsZero(values.bits(row)));
        default -> buckets.keyOf(values.getDouble(row));
      };
    }
  }
}
