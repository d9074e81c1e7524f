package dev.lockstep.value;

import dev.lockstep.time.Micros;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A growable column of typed, nullable values: everything but text as 64 bits in one array.
 *
 * <p>Rows can be inserted and removed anywhere; both shift what is behind.
 */
public final class ColumnVector {
  private static final int FIRST_CAPACITY = 8;

  private final ValueType type;
  private long[] bits;
  private boolean[] present;
  private @Nullable String[] strings;
  private int size;
  private int nulls;

  public ColumnVector(ValueType type) {
    this.type = type;
    this.bits = new long[type == ValueType.STRING ? 0 : FIRST_CAPACITY];
    this.strings = new @Nullable String[type == ValueType.STRING ? FIRST_CAPACITY : 0];
    this.present = new boolean[FIRST_CAPACITY];
  }

  public ValueType type() {
    return type;
  }

  public int size() {
    return size;
  }

  /** Whether any row is null. */
  public boolean hasNulls() {
    return nulls > 0;
  }

  public boolean isNull(int row) {
    return !present[row];
  }

  /**
   * The integer, the microseconds of an instant, the millionths of a decimal, 1 or 0 of a boolean,
   * or the bits of a double.
   */
  public long bits(int row) {
    return bits[row];
  }

  public double getDouble(int row) {
    return Double.longBitsToDouble(bits[row]);
  }

  /** The number of a row as a double: an integer widened, a decimal's nearest. */
  public double getNumber(int row) {
    return switch (type) {
      case DOUBLE -> getDouble(row);
      case DECIMAL -> Decimals.toDouble(bits[row]);
      default -> (double) bits[row];
    };
  }

  public @Nullable String getString(int row) {
    return strings[row];
  }

  /** Inserts a value before {@code row}, or at the end where row is the size. */
  public void insert(int row, Values from, int index) {
    open(row);
    present[row] = !from.isNull(index);
    nulls += present[row] ? 0 : 1;
    if (type == ValueType.STRING) {
      strings[row] = from.getString(index);
    } else {
      bits[row] = from.bits(index);
    }
  }

  /** Inserts a value of another column of the same type. */
  public void insert(int row, ColumnVector from, int fromRow) {
    open(row);
    present[row] = from.present[fromRow];
    nulls += present[row] ? 0 : 1;
    if (type == ValueType.STRING) {
      strings[row] = from.strings[fromRow];
    } else {
      bits[row] = from.bits[fromRow];
    }
  }

  /** Appends a value of a row whose type there is the same. */
  public void append(Values from, int index) {
    open(size);
    boolean there = !from.isNull(index);
    present[size - 1] = there;
    nulls += there ? 0 : 1;
    if (type == ValueType.STRING) {
      strings[size - 1] = from.getString(index);
    } else {
      bits[size - 1] = from.bits(index);
    }
  }

  /**
   * Appends values that aren't text from an array of rows, each as {@link Values#copyTo} left it.
   *
   * @param first the first row's value
   * @param stride from one row's value to the next
   */
  public void append(long[] rowBits, boolean[] rowPresent, int first, int stride, int count) {
    ensure(size + count);
    int from = first;
    for (int row = size; row < size + count; row++) {
      boolean there = rowPresent[from];
      present[row] = there;
      bits[row] = rowBits[from];
      nulls += there ? 0 : 1;
      from += stride;
    }
    size += count;
  }

  /** Appends a null. */
  public void appendNull() {
    open(size);
    present[size - 1] = false;
    nulls++;
  }

  /** Appends the bits of a value that isn't text, as {@link #bits} gives them. */
  public void appendBits(long value) {
    open(size);
    present[size - 1] = true;
    bits[size - 1] = value;
  }

  /** Appends text. */
  public void appendString(String value) {
    open(size);
    present[size - 1] = true;
    strings[size - 1] = value;
  }

  /**
   * How many of the rows {@code [from, to)} are null: no look at them where none of the column is.
   */
  public int nulls(int from, int to) {
    int found = 0;
    for (int row = from; row < to && nulls > 0; row++) {
      found += present[row] ? 0 : 1;
    }
    return found;
  }

  /** Copies out which of the rows {@code [from, to)} hold a value: 1 for a value, 0 for null. */
  public void copyPresence(int from, int to, byte[] into) {
    for (int row = from; row < to; row++) {
      into[row - from] = (byte) (present[row] ? 1 : 0);
    }
  }

  /**
   * Copies out the {@link #bits} of those of the rows {@code [from, to)} that aren't null, side by
   * side. Not of text.
   *
   * @param into has room for all the rows
   * @return how many there are
   */
  public int copyPresentBits(int from, int to, long[] into) {
    if (nulls == 0) {
      System.arraycopy(bits, from, into, 0, to - from);
      return to - from;
    }
    int count = 0;
    for (int row = from; row < to; row++) {
      into[count] = bits[row]; // without a branch: what a null leaves is overwritten by the next
      count += present[row] ? 1 : 0;
    }
    return count;
  }

  /** Copies out text as {@link #copyPresentBits} does bits. */
  public int copyPresentStrings(int from, int to, @Nullable String[] into) {
    int count = 0;
    for (int row = from; row < to; row++) {
      if (present[row]) {
        into[count++] = strings[row];
      }
    }
    return count;
  }

  /** Removes the rows {@code [from, to)}. */
  public void remove(int from, int to) {
    for (int row = from; row < to && nulls > 0; row++) {
      nulls -= present[row] ? 0 : 1;
    }
    int behind = size - to;
    System.arraycopy(present, to, present, from, behind);
    if (type == ValueType.STRING) {
      System.arraycopy(strings, to, strings, from, behind);
      Arrays.fill(strings, from + behind, size, null);
    } else {
      System.arraycopy(bits, to, bits, from, behind);
    }
    size -= to - from;
  }

  /** Removes all rows. */
  public void clear() {
    remove(0, size);
  }

  /** Copies a value out. */
  public void get(int row, Values into, int index) {
    if (!present[row]) {
      into.setNull(index);
    } else if (type == ValueType.STRING) {
      into.setString(index, Objects.requireNonNull(strings[row]));
    } else {
      into.setBits(index, bits[row]);
    }
  }

  /** The value as a Boolean, Long, Double, BigDecimal, String or Instant, or null. */
  public @Nullable Object get(int row) {
    if (!present[row]) {
      return null;
    }
    return switch (type) {
      case BOOLEAN -> bits[row] != 0;
      case LONG -> bits[row];
      case DOUBLE -> getDouble(row);
      case DECIMAL -> Decimals.toBigDecimal(bits[row]);
      case STRING -> strings[row];
      case INSTANT -> Micros.toInstant(bits[row]);
    };
  }

  /** Orders two rows: null first, numbers by value, text by its UTF-8 bytes. */
  public int compare(int a, int b) {
    return compare(a, this, b);
  }

  /**
   * A number for a row that is never greater for the lesser of two by {@link #compare(int, int)}:
   * so most rows are told apart without a look at them. Equal ones say nothing.
   */
  public long sortKey(int row) {
    if (!present[row]) {
      return Long.MIN_VALUE;
    }
    return switch (type) {
      case BOOLEAN, LONG, DECIMAL, INSTANT -> bits[row];
      case DOUBLE -> {
        long canonical = Double.doubleToLongBits(getDouble(row));
        yield canonical ^ (canonical >> (Long.SIZE - 1) & Long.MAX_VALUE);
      }
      case STRING -> ValueOrder.prefixOf(Objects.requireNonNull(strings[row]));
    };
  }

  /** Orders a row and a value of a row of values, as {@link #compare(int, int)} does two rows. */
  public int compare(int row, Values values, int index) {
    if (!present[row] || values.isNull(index)) {
      return Boolean.compare(present[row], !values.isNull(index));
    }
    return switch (type) {
      case BOOLEAN, LONG, DECIMAL, INSTANT -> Long.compare(bits[row], values.bits(index));
      case DOUBLE -> Double.compare(getDouble(row), values.getDouble(index));
      case STRING ->
          ValueOrder.compareText(
              Objects.requireNonNull(strings[row]),
              Objects.requireNonNull(values.getString(index)));
    };
  }

  /** Orders a row and one of another column of the same type. */
  public int compare(int row, ColumnVector other, int otherRow) {
    if (!present[row] || !other.present[otherRow]) {
      return Boolean.compare(present[row], other.present[otherRow]);
    }
    return switch (type) {
      case BOOLEAN, LONG, DECIMAL, INSTANT -> Long.compare(bits[row], other.bits[otherRow]);
      case DOUBLE -> Double.compare(getDouble(row), other.getDouble(otherRow));
      case STRING ->
          ValueOrder.compareText(
              Objects.requireNonNull(strings[row]),
              Objects.requireNonNull(other.strings[otherRow]));
    };
  }

  /** Whether two rows, neither of them null, hold the same value. */
  public boolean sameValue(int a, int b) {
    return type == ValueType.STRING ? Objects.equals(strings[a], strings[b]) : bits[a] == bits[b];
  }

  /** A well-spread hash of the value of a row that isn't null; the same for same values. */
  public int hash(int row) {
    long value = type == ValueType.STRING ? Objects.hashCode(strings[row]) : bits[row];
    long mixed = value * 0x9E37_79B9_7F4A_7C15L; // Fibonacci hashing, Knuth, TAOCP 6.4
    return (int) (mixed >>> 32) ^ (int) (mixed >>> 52);
  }

  /** Whether a row holds a value of a row of values, or both hold null. */
  public boolean holds(int row, Values values, int index) {
    if (!present[row] || values.isNull(index)) {
      return present[row] != values.isNull(index);
    }
    return type == ValueType.STRING
        ? Objects.equals(strings[row], values.getString(index))
        : bits[row] == values.bits(index);
  }

  private void ensure(int rows) {
    if (rows > present.length) {
      int capacity = Math.max(rows, size * 2);
      present = Arrays.copyOf(present, capacity);
      if (type == ValueType.STRING) {
        strings = Arrays.copyOf(strings, capacity);
      } else {
        bits = Arrays.copyOf(bits, capacity);
      }
    }
  }

  private void open(int row) {
    ensure(size + 1);
    int behind = size - row;
    if (behind > 0) {
      System.arraycopy(present, row, present, row + 1, behind);
      if (type == ValueType.STRING) {
        System.arraycopy(strings, row, strings, row + 1, behind);
      } else {
        System.arraycopy(bits, row, bits, row + 1, behind);
      }
    }
    size++;
  }
}
