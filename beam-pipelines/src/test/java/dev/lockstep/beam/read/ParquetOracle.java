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
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.Type;

/** Parquet's own reader of records, against which ours of columns is held. */
final class ParquetOracle {
  private ParquetOracle() {}

  /** Decimals beyond ours, in what Parquet's reader gives. */
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
        List<HistoryColumn> ways =
            Stream.of(ValueType.values())
                .flatMap(type -> HistoryColumn.of(field, type).stream())
                .toList();
        first.add(ways.get(0));
        last.add(ways.get(ways.size() - 1)); // whole numbers are decimals too
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
      assertThrows(DataException.class, () -> buffer.object(row), where);
      return;
    }
    Object object = buffer.object(row);
    if (expected instanceof BigDecimal decimal) {
      assertEquals(0, decimal.compareTo((BigDecimal) object), where);
      expected = object;
    }
    assertEquals(expected, object, where);
    Values wanted = new Values(List.of(column.type()));
    assertEquals(wanted.set(0, expected), buffer.copyTo(values, 0, row), where);
    assertEquals(wanted, values, where);
    if (expected instanceof Double number) {
      assertEquals(Double.doubleToRawLongBits(number), buffer.bits(row), where);
    }
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
          switch (column.parquet().getPrimitiveTypeName()) {
            case FLOAT -> (double) record.getFloat(name, 0);
            default -> record.getDouble(name, 0);
          };
      case STRING -> record.getBinary(name, 0).toStringUsingUTF8();
      case INSTANT -> {
        long value = record.getLong(name, 0);
        yield Micros.toInstant(
            column.unit() == TimeUnit.MICROS
                ? value
                : column.unit() == TimeUnit.MILLIS ? value * 1_000 : Math.floorDiv(value, 1_000));
      }
      case DECIMAL -> decimal(record, column);
    };
  }

  private static long integer(Group record, HistoryColumn column) {
    return switch (column.parquet().getPrimitiveTypeName()) {
      case INT32 -> record.getInteger(column.name(), 0);
      default -> record.getLong(column.name(), 0);
    };
  }

  private static Object decimal(Group record, HistoryColumn column) {
    int scale =
        column.parquet().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation d
            ? d.getScale()
            : 0;
    BigInteger unscaled =
        switch (column.parquet().getPrimitiveTypeName()) {
          case INT32, INT64 -> BigInteger.valueOf(integer(record, column));
          default -> new BigInteger(record.getBinary(column.name(), 0).getBytes());
        };
    BigInteger millionths = unscaled.multiply(BigInteger.TEN.pow(6 - scale));
    return millionths.bitLength() < Long.SIZE ? new BigDecimal(millionths, 6) : new Unfit();
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
