package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.PairMoments;
import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code slope(x)}: how much a number rises per second: the slope of the least-squares line through
 * the events' values over their event times, exact and rounded once. DOUBLE; null under two events,
 * where all happened at one time, and beyond the range.
 */
public record Slope() implements Aggregation {

  @Override
  public String name() {
    return "slope";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.numbers(inputs);
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return Inputs.severalEvents(window);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Pairs(ValueType.LONG, inputs.get(0), true);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    PairMoments pairs = Pairs.of(state);
    if (pairs.hasXVariance()) {
      // In units a microsecond; of decimals these are millionths, so a second's are whole ones.
      out.setDouble(index, pairs.slope(Micros.PER_SECOND / Inputs.unit(rows.input(0).type())));
    } else {
      out.setNull(index);
    }
  }
}
