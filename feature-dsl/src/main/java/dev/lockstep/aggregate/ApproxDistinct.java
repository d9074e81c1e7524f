package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.TextHash;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code approxDistinct(x)}: the number of different values, with a standard error of 1.6 %; close
 * to exact up to some hundred. LONG, 0 over nothing.
 *
 * <p>A HyperLogLog of 4096 registers, a function of the set of values alone. For rows to leave, it
 * counts how often each register met each rank: 8 to 16 bytes for each different value up to some
 * thousand of them, about half a megabyte for a million. A read costs a constant. {@link Distinct}
 * is exact, and keeps a link for each event instead.
 */
public record ApproxDistinct() implements Aggregation {

  @Override
  public String name() {
    return "approx_distinct";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return Inputs.any();
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.LONG;
  }

  @Override
  public Exactness exactness() {
    return Exactness.APPROXIMATE;
  }

  @Override
  public StateSpec state(List<ValueType> inputs) {
    return new Registers();
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    out.setLong(index, ((RegisterState) state).registers.estimate());
  }

  /**
   * The 64 bits that a value is known by: those of a number, instant or boolean, or {@link
   * TextHash} of a text, mixed by the finaliser of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood,
   * "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014), which maps no two to one.
   */
  static long hash(ColumnVector column, int row) {
    long bits =
        column.type() == ValueType.STRING
            ? TextHash.of(Objects.requireNonNull(column.getString(row)))
            : column.bits(row);
    long z = bits + 0x9e3779b97f4a7c15L; // so that 0 isn't mapped to 0
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Keeps the registers. */
  private record Registers() implements StateSpec {
    @Override
    public WindowState newState() {
      return new RegisterState();
    }
  }

  private static final class RegisterState implements WindowState {
    private final HyperLogLog registers = new HyperLogLog();

    @Override
    public void enter(WindowRows rows, int row) {
      registers.add(hash(rows.input(0), row));
    }

    @Override
    public void leave(WindowRows rows, int row) {
      registers.remove(hash(rows.input(0), row));
    }

    @Override
    public void clear() {
      registers.clear();
    }
  }
}
