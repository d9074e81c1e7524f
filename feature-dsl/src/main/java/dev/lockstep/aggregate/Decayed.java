package dev.lockstep.aggregate;

import dev.lockstep.time.Micros;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code decayedSum(x, halfLife)} and {@code decayedAvg(x, halfLife)}: a sum or mean in which an
 * event weighs half as much for each half-life that it is older. DOUBLE; null over nothing and
 * beyond the range. Integers and decimals count as the doubles nearest to them.
 *
 * <p>Stepped (C6): for each event that takes part, in the window's order,
 *
 * <pre>
 *   age    = (double) (until - event time)       in whole microseconds
 *   weight = StrictMath.pow(2.0, -(age / (double) half-life))
 *   sum    = sum + x * weight                    from 0.0
 *   mass   = mass + weight                       from 0.0; of the mean alone
 * </pre>
 *
 * <p>and at the end the sum, or {@code sum / mass}. A sum's ages are counted from the request's
 * time; a mean's from its newest event, which leaves it the same but for rounding, and gives a mean
 * of events so old that all weights would be 0. A read costs one power for each event.
 *
 * @param halfLife positive, in whole microseconds: finer digits are floored
 * @param mean whether it gives the mean
 */
public record Decayed(Duration halfLife, boolean mean) implements Aggregation {

  @Override
  public String name() {
    return (mean ? "decayed_avg_" : "decayed_sum_") + halfLife;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return halfLifeMicros() > 0
        ? Inputs.numbers(inputs)
        : Optional.of(
            "give a half-life of at least a microsecond and less than 292 000 years: hours(1)");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public Cost cost() {
    return Cost.WINDOW;
  }

  @Override
  public Exactness exactness() {
    return Exactness.STEPPED;
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    int newest = rows.newest(1);
    if (newest < 0) {
      out.setNull(index);
      return;
    }
    ColumnVector input = rows.input(0);
    long until = mean ? rows.eventTimeMicros(newest) : rows.requestTimeMicros();
    double life = (double) halfLifeMicros();
    double sum = 0.0;
    double mass = 0.0;
    for (int position = rows.from(); position < rows.to(); position++) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        double value = input.getNumber(row);
        double age = (double) Micros.minusSaturating(until, rows.eventTimeMicros(row));
        double weight = StrictMath.pow(2.0, -(age / life));
        sum = sum + value * weight;
        mass = mass + weight;
      }
    }
    out.setDouble(index, mean ? sum / mass : sum);
  }

  /** The half-life; -1 where it is beyond 64 bits. */
  private long halfLifeMicros() {
    try {
      return Micros.of(halfLife);
    } catch (ArithmeticException tooLong) {
      return -1;
    }
  }
}
