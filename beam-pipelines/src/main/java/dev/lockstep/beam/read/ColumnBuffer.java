package dev.lockstep.beam.read;

import dev.lockstep.kernel.DataException;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One column of a chunk of rows, as Parquet hands it over: no object a value but text. */
final class ColumnBuffer extends PrimitiveConverter {
  private final HistoryColumn column;
  private final long[] bits;
  private final boolean[] present;
  private final @Nullable String[] strings;
  private @Nullable String[] dictionary = new @Nullable String[0];
  private final @Nullable ParquetDecimals decimals;

  /** Why a decimal of a row can't be held; null where it can. */
  private final @Nullable String[] unfit;

  private int row;

  ColumnBuffer(HistoryColumn column, int capacity) {
    this.column = column;
    this.bits = new long[capacity];
    this.present = new boolean[capacity];
    this.decimals =
        column.type() == ValueType.DECIMAL ? ParquetDecimals.of(column.parquet()) : null;
    this.unfit = new @Nullable String[decimals == null ? 0 : capacity];
    this.strings = new @Nullable String[column.type() == ValueType.STRING ? capacity : 0];
  }

  /** Takes the next rows of the column. */
  void fill(ColumnReader reader, int rows) {
    int defined = reader.getDescriptor().getMaxDefinitionLevel();
    for (row = 0; row < rows; row++) {
      present[row] = reader.getCurrentDefinitionLevel() == defined;
      if (decimals != null) {
        unfit[row] = null;
      }
      if (present[row]) {
        reader.writeCurrentValueToConverter();
      }
      reader.consume();
    }
  }

  /**
   * Copies a value into a row of ours.
   *
   * @return false if it was a NaN or infinite double, and is null now (C6)
   * @throws DataException if it is a decimal that doesn't fit (C13)
   */
  boolean copyTo(Values values, int index, int fromRow) {
    if (!present[fromRow]) {
      values.setNull(index);
      return true;
    }
    requireFit(fromRow);
    switch (column.type()) {
      case STRING -> values.setString(index, text(fromRow));
      case DOUBLE -> {
        return values.setDouble(index, Double.longBitsToDouble(bits[fromRow]));
      }
      default -> values.setBits(index, bits[fromRow]);
    }
    return true;
  }

  private void requireFit(int fromRow) {
    String reason = unfit.length == 0 ? null : unfit[fromRow];
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
    String text = strings[fromRow];
    if (text == null) {
      throw new IllegalStateException("a present text without a value in row " + fromRow);
    }
    return text;
  }

  /**
   * The value as a record's constructor takes it; NaN stays NaN.
   *
   * @throws DataException if it is a decimal that doesn't fit (C13)
   */
  @Nullable Object object(int fromRow) {
    if (!present[fromRow]) {
      return null;
    }
    requireFit(fromRow);
    return switch (column.type()) {
      case BOOLEAN -> bits[fromRow] != 0;
      case LONG -> bits[fromRow];
      case DOUBLE -> Double.longBitsToDouble(bits[fromRow]);
      case DECIMAL -> Decimals.toBigDecimal(bits[fromRow]);
      case STRING -> text(fromRow);
      case INSTANT -> Micros.toInstant(bits[fromRow]);
    };
  }

  @Override
  public boolean hasDictionarySupport() {
    return column.type() == ValueType.STRING;
  }

  @Override
  public void setDictionary(Dictionary pageDictionary) {
    dictionary = new @Nullable String[pageDictionary.getMaxId() + 1];
    for (int id = 0; id < dictionary.length; id++) {
      dictionary[id] = pageDictionary.decodeToBinary(id).toStringUsingUTF8();
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    strings[row] = dictionary[id];
  }

  @Override
  public void addBinary(Binary value) {
    if (decimals != null) {
      try {
        bits[row] = decimals.bits(value.getBytesUnsafe());
      } catch (ArithmeticException e) {
        unfit[row] = e.getMessage();
      }
      return;
    }
    strings[row] = value.toStringUsingUTF8();
  }

  @Override
  public void addBoolean(boolean value) {
    bits[row] = value ? 1 : 0;
  }

  @Override
  public void addInt(int value) {
    if (decimals != null) {
      addLong(value);
      return;
    }
    bits[row] = value;
  }

  @Override
  public void addLong(long value) {
    if (decimals != null) {
      try {
        bits[row] = decimals.bits(value);
      } catch (ArithmeticException e) {
        unfit[row] = e.getMessage();
      }
      return;
    }
    TimeUnit unit = column.unit();
    bits[row] =
        unit == TimeUnit.MICROS
            ? value
            : unit == TimeUnit.MILLIS
                ? Math.multiplyExact(value, Micros.PER_MILLI)
                : Math.floorDiv(value, 1_000L);
  }

  @Override
  public void addFloat(float value) {
    addDouble(value);
  }

  @Override
  public void addDouble(double value) {
    bits[row] = Double.doubleToRawLongBits(value);
  }
}
