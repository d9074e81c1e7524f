package dev.lockstep.beam.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.kernel.DataException;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Parquet's own reader of records, against which ours of columns is held. */
final class ParquetOracle {
  private ParquetOracle() {}

  /** Decimals beyond ours and bytes that are no UTF-8, in what Parquet's reader gives. */
  private record Unfit() {}

  /**
   * Reads all columns of a file in each way that they can be read, and compares every value.
   *
   * @return the rows
   */
  static int check(Path file, String told) throws IOException {
    List<Group> expected = records(file);
    List<HistoryColumn> first = new ArrayList<>();
    List<HistoryColumn> last = new ArrayList<>();
    try (ParquetFileReader reader = ColumnChunks.open(file.toString())) {
      for (Type field : reader.getFileMetaData().getSchema().getFields()) {
        ValueType natural = natural(field.asPrimitiveType());
        first.add(HistoryColumn.of(field, natural).orElseThrow());
        last.add(HistoryColumn.of(field, other(natural)).orElseThrow());
      }
      check(file, reader, first, expected, told);
      check(file, reader, last, expected, told);
    }
    return expected.size();
  }

  private static void check(
      Path file,
      ParquetFileReader reader,
      List<HistoryColumn> columns,
      List<Group> expected,
      String told) {
    int[] next = {0};
    for (int group = 0; group < reader.getRowGroups().size(); group++) {
      ColumnChunks.read(
          file.toString(),
          reader,
          group,
          columns,
          (buffers, rows) -> {
            for (int row = 0; row < rows; row++) {
              Group record = expected.get(next[0]++);
              for (int c = 0; c < columns.size(); c++) {
                int at = next[0];
                HistoryColumn column = columns.get(c);
                check(
                    record,
                    column,
                    buffers.get(c),
                    row,
                    () -> told + ", row " + at + ", " + column);
              }
            }
          });
    }
    assertEquals(expected.size(), next[0], told);
  }

  private static void check(
      Group record, HistoryColumn column, ColumnBuffer buffer, int row, Supplier<String> where) {
    Values values = new Values(List.of(column.type()));
    Object expected = value(record, column);
    assertEquals(expected != null, buffer.isPresent(row), where);
    if (expected instanceof Unfit) {
      assertThrows(DataException.class, () -> buffer.copyTo(values, 0, row), where);
      return;
    }
    Values wanted = new Values(List.of(column.type()));
    wanted.set(0, expected);
    buffer.copyTo(values, 0, row);
    assertEquals(wanted, values, where);
    if (expected instanceof Double number) {
      assertEquals(Double.doubleToRawLongBits(number), buffer.bits(row), where);
    }
  }

  /** The type that holds a column as it is. */
  private static ValueType natural(PrimitiveType column) {
    if (column.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation) {
      return ValueType.DECIMAL;
    }
    return switch (column.getPrimitiveTypeName()) {
      case BOOLEAN -> ValueType.BOOLEAN;
      case FLOAT, DOUBLE -> ValueType.DOUBLE;
      case INT64 ->
          column.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation
              ? ValueType.INSTANT
              : ValueType.LONG;
      case INT32 -> ValueType.LONG;
      default -> ValueType.STRING;
    };
  }

  /** Another that it can be read as. */
  private static ValueType other(ValueType natural) {
    return switch (natural) {
      case LONG -> ValueType.DECIMAL;
      case DECIMAL -> ValueType.DOUBLE;
      default -> natural;
    };
  }

  private static Object value(Group record, HistoryColumn column) {
    String name = column.name();
    if (record.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    return switch (column.type()) {
      case BOOLEAN -> record.getBoolean(name, 0);
      case LONG -> integer(record, column);
      case DOUBLE ->
          column.inFile().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation d
              ? (Object) new BigDecimal(unscaled(record, column), d.getScale()).doubleValue()
              : column.inFile().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT
                  ? (double) record.getFloat(name, 0)
                  : record.getDouble(name, 0);
      case STRING -> text(record.getBinary(name, 0));
      case INSTANT -> {
        long value = record.getLong(name, 0);
        yield Micros.toInstant(
            switch (((TimestampLogicalTypeAnnotation) column.inFile().getLogicalTypeAnnotation())
                .getUnit()) {
              case MICROS -> value;
              case MILLIS -> value * 1_000;
              case NANOS -> Math.floorDiv(value, 1_000);
            });
      }
      case DECIMAL -> decimal(record, column);
    };
  }

  private static Object text(Binary value) {
    String text = value.toStringUsingUTF8();
    return Binary.fromString(text).equals(value) ? text : new Unfit();
  }

  private static long integer(Group record, HistoryColumn column) {
    return switch (column.inFile().getPrimitiveTypeName()) {
      case INT32 -> record.getInteger(column.name(), 0);
      default -> record.getLong(column.name(), 0);
    };
  }

  private static Object decimal(Group record, HistoryColumn column) {
    int scale =
        column.inFile().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation d
            ? d.getScale()
            : 0;
    BigInteger millionths = unscaled(record, column).multiply(BigInteger.TEN.pow(6 - scale));
    return millionths.bitLength() < Long.SIZE ? new BigDecimal(millionths, 6) : new Unfit();
  }

  private static BigInteger unscaled(Group record, HistoryColumn column) {
    return switch (column.inFile().getPrimitiveTypeName()) {
      case INT32, INT64 -> BigInteger.valueOf(integer(record, column));
      default -> new BigInteger(record.getBinary(column.name(), 0).getBytes());
    };
  }

  private static List<Group> records(Path file) throws IOException {
    List<Group> records = new ArrayList<>();
    try (ParquetReader<Group> reader = new Records(new LocalInputFile(file)).build()) {
      for (Group record = reader.read(); record != null; record = reader.read()) {
        records.add(record);
      }
    }
    return records;
  }

  private static final class Records extends ParquetReader.Builder<Group> {
    Records(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
