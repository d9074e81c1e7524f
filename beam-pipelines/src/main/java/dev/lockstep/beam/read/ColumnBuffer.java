package dev.lockstep.beam.read;

import dev.lockstep.intake.Fields;
import dev.lockstep.kernel.DataException;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One column of a chunk of rows: no object a value but text, and none where a text repeats. */
final class ColumnBuffer {
  private static final @Nullable DataException[] NONE = new @Nullable DataException[0];

  private final HistoryColumn column;
  private final long[] bits;
  private final boolean[] present;

  /** The text of each row, of a text column. */
  private final @Nullable String[] texts;

  /** Why a row's value can't be read, null where it can; empty where all can. */
  private @Nullable DataException[] faults = NONE;

  ColumnBuffer(HistoryColumn column, int capacity) {
    this.column = column;
    this.bits = new long[capacity];
    this.present = new boolean[capacity];
    this.texts = new @Nullable String[column.type() == ValueType.STRING ? capacity : 0];
  }

  /**
   * A column to fill; with the same value in all rows, if it is from a folder's name, and with none
   * if it is missing.
   */
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

  /** Gives a value to a row's field; what can't be held, as its fault (C13). */
  void give(Fields fields, int field, int fromRow) {
    if (!present[fromRow]) {
      fields.nul(field);
    } else if (faults.length > 0 && faults[fromRow] != null) {
      fields.fault(field, Objects.requireNonNull(faults[fromRow]));
    } else if (texts.length > 0) {
      fields.validText(field, text(fromRow));
    } else {
      fields.bits(field, bits[fromRow]);
    }
  }

  /**
   * Copies a value of a file of ours into a row.
   *
   * @throws DataException if it can't be held (C13)
   */
  void copyTo(Values values, int index, int fromRow) {
    if (!present[fromRow]) {
      values.setNull(index);
      return;
    }
    requireHeld(fromRow);
    switch (column.type()) {
      case STRING -> values.setString(index, text(fromRow));
      case DOUBLE -> values.setDouble(index, Double.longBitsToDouble(bits[fromRow]));
      default -> values.setBits(index, bits[fromRow]);
    }
  }

  /**
   * Appends the first rows' values to a column of ours.
   *
   * @throws DataException if one can't be held (C13)
   */
  void appendTo(ColumnVector vector, int rows) {
    for (int row = 0; row < rows; row++) {
      if (!present[row]) {
        vector.appendNull();
        continue;
      }
      requireHeld(row);
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
        default -> vector.appendBits(bits[row]);
      }
    }
  }

  /**
   * Requires that a row's value could be read.
   *
   * @throws DataException saying why, if not
   */
  void requireHeld(int fromRow) {
    if (faults.length > 0 && faults[fromRow] != null) {
      throw Objects.requireNonNull(faults[fromRow]);
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

  /** Begins the next rows, from the first on. */
  void begin() {
    faults = NONE;
  }

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

  void fault(int row, DataException reason) {
    if (faults.length == 0) {
      faults = new @Nullable DataException[bits.length];
    }
    faults[row] = reason;
  }

  /** Makes numbers as they are in the file ours. */
  void convert(int from, int count) {
    column.conversion().numbers(this, from, count);
  }

  /** Takes a value that is bytes in the file. */
  void bytes(int row, byte[] bytes, int offset, int length) {
    column.conversion().bytes(this, row, bytes, offset, length);
  }

  /** Takes values of a dictionary by their ids. */
  void lookUp(ColumnBuffer dictionary, int[] ids, int from, int count) {
    if (texts.length > 0) {
      @Nullable String[] known = dictionary.texts;
      for (int i = 0; i < count; i++) {
        texts[from + i] = known[ids[i]];
      }
    } else {
      long[] known = dictionary.bits;
      for (int i = 0; i < count; i++) {
        bits[from + i] = known[ids[i]];
      }
    }
    for (int i = 0; dictionary.faults.length > 0 && i < count; i++) {
      DataException fault = dictionary.faults[ids[i]];
      if (fault != null) {
        fault(from + i, fault);
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
      spread(texts, from, last, from + defined);
    }
    if (faults.length > 0) {
      spread(faults, from, last, from + defined);
    }
  }

  private <T> void spread(@Nullable T[] values, int from, int last, int end) {
    int next = end;
    for (int row = last; row >= from; row--) {
      values[row] = present[row] ? values[--next] : null;
    }
  }
}
