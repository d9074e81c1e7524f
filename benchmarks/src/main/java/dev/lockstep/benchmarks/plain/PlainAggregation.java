package dev.lockstep.benchmarks.plain;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.aggregate.Exactness;
import dev.lockstep.aggregate.StateSpec;
import dev.lockstep.aggregate.WindowRows;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A sum, mean or sample standard deviation as a program without exact sums would keep it. Over
 * doubles it breaks the laws of {@link Aggregation}: what has left leaves its rounding errors
 * behind. For measurements only.
 */
public record PlainAggregation(Kind kind) implements Aggregation {
  /** The figure that it computes. */
  public enum Kind {
    SUM,
    MEAN,
    DEVIATION
  }

  @Override
  public String name() {
    return "plain_" + kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return inputs.get(0).isNumeric()
        ? Optional.empty()
        : Optional.of("aggregate an integer or a double");
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return kind == Kind.SUM ? inputs.get(0) : ValueType.DOUBLE;
  }

  @Override
  public Exactness exactness() {
    return Exactness.APPROXIMATE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new PlainSums(inputs.get(0));
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    PlainSums.Read sums = (PlainSums.Read) state;
    long n = sums.count();
    if (n < (kind == Kind.DEVIATION ? 2 : 1)) {
      out.setNull(index);
      return;
    }
    switch (kind) {
      case SUM -> {
        if (out.type(index) == ValueType.LONG) {
          out.setLong(index, sums.longSum());
        } else {
          out.setDouble(index, sums.sum());
        }
      }
      case MEAN -> out.setDouble(index, sums.sum() / n);
      case DEVIATION -> {
        double variance = (sums.squares() - sums.sum() * sums.sum() / n) / (n - 1);
        out.setDouble(index, Math.sqrt(Math.max(0, variance)));
      }
    }
  }
}
