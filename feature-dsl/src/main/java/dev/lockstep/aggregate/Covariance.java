package dev.lockstep.aggregate;

import dev.lockstep.aggregate.exact.PairMoments;
import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code covariance(x, y)} and {@code populationCovariance(x, y)}: the exact covariance of two
 * numbers, rounded once. DOUBLE; null over nothing, over one event of a sample, and beyond the
 * range. Events where either is null take no part.
 *
 * @param ofSample whether it divides by n - 1, as SQL's COVAR_SAMP does, or by n
 */
public record Covariance(boolean ofSample) implements Aggregation {

  @Override
  public String name() {
    return ofSample ? "covariance" : "covariance_population";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Pairs.rejection(inputs);
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return ofSample ? Inputs.severalEvents(window) : Optional.empty();
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.DOUBLE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return Pairs.of(inputs);
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    PairMoments pairs = Pairs.of(state);
    if (pairs.count() < (ofSample ? 2 : 1)) {
      out.setNull(index);
    } else {
      long unit = Inputs.unit(rows.input(0).type()) * Inputs.unit(rows.input(1).type());
      out.setDouble(
          index, ofSample ? pairs.sampleCovariance(unit) : pairs.populationCovariance(unit));
    }
  }
}
