package dev.lockstep.beam.read;

import dev.lockstep.time.Micros;
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
  private int row;

  ColumnBuffer(HistoryColumn column, int capacity) {
    this.column = column;
    this.bits = new long[capacity];
    this.present = new boolean[capacity];
    this.strings = new @Nullable String[column.type() == ValueType.STRING ? capacity : 0];
  }

  /** Takes the next rows of the column. */
  void fill(ColumnReader reader, int rows) {
    int defined = reader.getDescriptor().getMaxDefinitionLevel();
    for (row = 0; row < rows; row++) {
      present[row] = reader.getCurrentDefinitionLevel() == defined;
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
   */
  boolean copyTo(Values values, int index, int fromRow) {
    if (!present[fromRow]) {
      values.setNull(index);
      return true;
    }
    switch (column.type()) {
      case STRING -> values.setString(index, text(fromRow));
      case DOUBLE -> {
        return values.setDouble(index, Double.longBitsToDouble(bits[fromRow]));
      }
      default -> values.setBits(index, bits[fromRow]);
    }
    return true;
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

  /** The value as a record's constructor takes it; NaN stays NaN. */
  @Nullable Object object(int fromRow) {
    if (!present[fromRow]) {
      return null;
    }
    return switch (column.type()) {
      case BOOLEAN -> bits[fromRow] != 0;
      case LONG -> bits[fromRow];
      case DOUBLE -> Double.longBitsToDouble(bits[fromRow]);
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
    strings[row] = value.toStringUsingUTF8();
  }

  @Override
  public void addBoolean(boolean value) {
    bits[row] = value ? 1 : 0;
  }

  @Override
  public void addInt(int value) {
    bits[row] = value;
  }

  @Override
  public void addLong(long value) {
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
