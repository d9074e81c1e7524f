package dev.lockstep.beam.read;

import dev.lockstep.intake.Fields;
import dev.lockstep.kernel.DataException;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Arrays;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One column of a chunk of rows: no object a value but text, and none where a text repeats. */
final class ColumnBuffer {
  private final HistoryColumn column;
  private final long[] bits;
  private final boolean[] present;
  private final @Nullable ParquetDecimals decimals;

  /** The text of each row; for decimals why one can't be held, null where it can. */
  private final @Nullable String[] texts;

  ColumnBuffer(HistoryColumn column, int capacity) {
    this.column = column;
    this.bits = new long[capacity];
    this.present = new boolean[capacity];
    this.decimals = column.decimals();
    this.texts =
        new @Nullable String[decimals != null || column.type() == ValueType.STRING ? capacity : 0];
  }

  /** A column to fill; with the same value in all rows, if it is from a folder's name. */
  static ColumnBuffer of(HistoryColumn column, int capacity) {
    ColumnBuffer buffer = new ColumnBuffer(column, capacity);
    Values value = column.fromPath();
    if (value != null && !value.isNull(0)) {
      Arrays.fill(buffer.present, true);
      Arrays.fill(buffer.bits, value.bits(0));
      Arrays.fill(buffer.texts, value.getString(0));
    }
    return buffer;
  }

  /**
   * Copies a value of a file of ours into a row.
   *
   * @throws DataException if it is a decimal that doesn't fit (C13)
   */
  void copyTo(Values values, int index, int fromRow) {
    if (!present[fromRow]) {
      values.setNull(index);
      return;
    }
    switch (column.type()) {
      case STRING -> values.setString(index, text(fromRow));
      case DOUBLE -> values.setDouble(index, Double.longBitsToDouble(bits[fromRow]));
      case DECIMAL -> {
        requireFit(fromRow);
        values.setBits(index, bits[fromRow]);
      }
      default -> values.setBits(index, bits[fromRow]);
    }
  }

  /** Gives a value to a row's field; what can't be held, as its fault (C13). */
  void give(Fields fields, int field, int fromRow) {
    if (!present[fromRow]) {
      fields.nul(field);
      return;
    }
    switch (column.type()) {
      case STRING -> fields.validText(field, text(fromRow));
      case DOUBLE -> fields.floating(field, Double.longBitsToDouble(bits[fromRow]));
      case LONG -> fields.integer(field, bits[fromRow]);
      case DECIMAL -> {
        if (texts[fromRow] == null) {
          fields.bits(field, bits[fromRow]);
        } else {
          fields.fault(field, new DataException("[" + column.name() + "]: " + texts[fromRow]));
        }
      }
      case BOOLEAN, INSTANT -> fields.bits(field, bits[fromRow]);
    }
  }

  /**
   * Appends the first rows' values to a column of ours.
   *
   * @throws DataException if one is a decimal that doesn't fit (C13)
   */
  void appendTo(ColumnVector vector, int rows) {
    for (int row = 0; row < rows; row++) {
      if (!present[row]) {
        vector.appendNull();
        continue;
      }
      switch (column.type()) {
        case STRING -> vector.appendString(text(row));
        case DOUBLE -> {
          double value = Double.longBitsToDouble(bits[row]);
          if (Double.isFinite(value)) {
            vector.appendBits(value == 0 ? 0 : bits[row]); // -0.0 is 0.0 (C6)
          } else {
            vector.appendNull();
          }
        }
        case DECIMAL -> {
          requireFit(row);
          vector.appendBits(bits[row]);
        }
        default -> vector.appendBits(bits[row]);
      }
    }
  }

  private void requireFit(int fromRow) {
    String reason = texts[fromRow];
    if (reason != null) {
      throw new DataException("[" + column.name() + "]: " + reason);
    }
  }

  boolean isPresent(int fromRow) {
    return present[fromRow];
  }

  long bits(int fromRow) {
    return bits[fromRow];
  }

  private String text(int fromRow) {
    String text = texts[fromRow];
    if (text == null) {
      throw new IllegalStateException("a present text without a value in row " + fromRow);
    }
    return text;
  }

  // What follows fills it: values are decoded next to each other, then spread over the nulls.

  /** The 64 bits of each row's value, for filling. */
  long[] bits() {
    return bits;
  }

  /** Whether each row has a value, for filling. */
  boolean[] present() {
    return present;
  }

  void text(int row, String text) {
    texts[row] = text;
  }

  /** Takes a decimal in two's complement, greatest byte first. */
  void decimal(int row, byte[] unscaled) {
    if (decimals == null) {
      throw new IllegalStateException(column + " holds no decimals");
    }
    try {
      bits[row] = decimals.bits(unscaled);
      texts[row] = null;
    } catch (ArithmeticException e) {
      texts[row] = e.getMessage();
    }
  }

  /**
   * Makes numbers as they are in the file ours: times become microseconds, decimals millionths.
   *
   * @throws ArithmeticException if a time lies beyond them
   */
  void convert(int from, int count) {
    int to = from + count;
    if (decimals != null) {
      for (int row = from; row < to; row++) {
        try {
          bits[row] = decimals.bits(bits[row]);
          texts[row] = null;
        } catch (ArithmeticException e) {
          texts[row] = e.getMessage();
        }
      }
    } else if (column.unit() == TimeUnit.MILLIS) {
      for (int row = from; row < to; row++) {
        bits[row] = Math.multiplyExact(bits[row], Micros.PER_MILLI);
      }
    } else if (column.unit() == TimeUnit.NANOS) {
      for (int row = from; row < to; row++) {
        bits[row] = Math.floorDiv(bits[row], 1_000L);
      }
    }
  }

  /** Takes values of a dictionary by their ids. */
  void lookUp(ColumnBuffer dictionary, int[] ids, int from, int count) {
    if (column.type() != ValueType.STRING) {
      long[] known = dictionary.bits;
      for (int i = 0; i < count; i++) {
        bits[from + i] = known[ids[i]];
      }
    }
    if (texts.length > 0) {
      @Nullable String[] known = dictionary.texts;
      for (int i = 0; i < count; i++) {
        texts[from + i] = known[ids[i]];
      }
    }
  }

  /** Moves the values of rows that have one, so far next to each other, to where they belong. */
  void spread(int from, int count, int defined) {
    if (defined == count) {
      return;
    }
    int last = from + count - 1;
    int next = from + defined;
    for (int row = last; row >= from; row--) {
      bits[row] = present[row] ? bits[--next] : 0;
    }
    if (texts.length > 0) {
      next = from + defined;
      for (int row = last; row >= from; row--) {
        texts[row] = present[row] ? texts[--next] : null;
      }
    }
  }
}
