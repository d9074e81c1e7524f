package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.ExactRatio;
import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code rate()}: events per second of the window's length, rounded once; a count: 0 over nothing.
 * DOUBLE. The length is that of the window as of the request, up to which a day or month has come.
 */
public record Rate() implements Aggregation {

  @Override
  public String name() {
    return "rate";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return window.hasLength()
        ? Optional.empty()
        : Optional.of("give it a window with a length in time: last(hours(1))");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Count.Rows();
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    long length = Micros.minusSaturating(rows.throughMicros(), rows.afterMicros());
    long micros = Math.multiplyExact(Count.of(state, rows), Micros.PER_SECOND);
    out.setDouble(index, ExactRatio.round(micros, length));
  }
}
