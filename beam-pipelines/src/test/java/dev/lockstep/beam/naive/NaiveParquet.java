package dev.lockstep.beam.naive;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Rows of a Parquet file by Parquet's own reader of records, cell by cell.
 *
 * <p>Decided here: a column of a kind that no component of that type takes (a group, a list, BSON,
 * a time of day, an integer for text) refuses the file; JSON is its text as it stands. A column
 * that a folder's name holds ({@code key=value}, percent-encoded, {@code
 * __HIVE_DEFAULT_PARTITION__} for null) counts where the file has none of that name.
 */
public final class NaiveParquet {
  private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";
  private static final int JULIAN_EPOCH = 2_440_588;

  private final NaiveDoor door;

  public NaiveParquet(NaiveDoor door) {
    this.door = door;
  }

  /** All rows of a file. */
  public List<NaiveRow> read(Path file) {
    List<Group> groups = groups(file);
    Map<String, String> folders = folders(file);
    List<NaiveRow> rows = new ArrayList<>();
    for (Group group : groups) {
      rows.add(door.row(component -> cell(group, component, folders)));
    }
    return rows;
  }

  private List<Group> groups(Path file) {
    List<Group> rows = new ArrayList<>();
    ParquetReadOptions plain = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader footer = ParquetFileReader.open(new LocalInputFile(file), plain)) {
      requireReadable(footer.getFileMetaData().getSchema());
    } catch (IOException e) {
      throw new NaiveRefusal("", file + ": " + e);
    }
    try (ParquetReader<Group> reader = new Groups(new LocalInputFile(file)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    } catch (IOException | RuntimeException e) {
      throw new NaiveRefusal("", file + ": " + e);
    }
    return rows;
  }

  private void requireReadable(MessageType schema) {
    for (NaiveRecord.Component component : door.source().record().components()) {
      if (door.reads(component) && schema.containsField(component.column())) {
        Type type = schema.getType(component.column());
        if (!type.isPrimitive()
            || type.isRepetition(Type.Repetition.REPEATED)
            || !NaiveColumns.takes(component.javaType(), type.asPrimitiveType())) {
          throw new NaiveRefusal(component.name(), type + " for a " + component.javaType());
        }
      }
    }
  }

  private static Map<String, String> folders(Path file) {
    Map<String, String> folders = new HashMap<>();
    for (Path part : file.toAbsolutePath().getParent()) {
      String name = part.toString();
      int equals = name.indexOf('=');
      if (equals > 0) {
        // A plus sign is itself in a folder's name, not a space.
        String value = name.substring(equals + 1).replace("+", "%2B");
        folders.put(name.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return folders;
  }

  private static Seen cell(
      Group row, NaiveRecord.Component component, Map<String, String> folders) {
    String column = component.column();
    if (!row.getType().containsField(column)) {
      String folder = folders.get(column);
      return folder == null || folder.equals(HIVE_NULL)
          ? new Seen.Nothing()
          : new Seen.Label(folder);
    }
    if (row.getFieldRepetitionCount(column) == 0) {
      return new Seen.Nothing();
    }
    return cell(row, row.getType().getType(column).asPrimitiveType());
  }

  private static Seen cell(Group row, PrimitiveType type) {
    String column = type.getName();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> new Seen.Bool(row.getBoolean(column, 0));
      case FLOAT -> new Seen.Real(row.getFloat(column, 0));
      case DOUBLE -> new Seen.Real(row.getDouble(column, 0));
      case INT96 -> int96(row.getInt96(column, 0).getBytes());
      case INT32 ->
          integer(
              logical,
              isUnsigned(logical)
                  ? BigInteger.valueOf(Integer.toUnsignedLong(row.getInteger(column, 0)))
                  : BigInteger.valueOf(row.getInteger(column, 0)));
      case INT64 ->
          integer(
              logical,
              isUnsigned(logical)
                  ? new BigInteger(Long.toUnsignedString(row.getLong(column, 0)))
                  : BigInteger.valueOf(row.getLong(column, 0)));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(logical, row.getBinary(column, 0).getBytes());
    };
  }

  private static boolean isUnsigned(LogicalTypeAnnotation logical) {
    return logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
  }

  private static Seen integer(LogicalTypeAnnotation logical, BigInteger value) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return new Seen.Exact(new BigDecimal(value, decimal.getScale()));
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return new Seen.Day(value.longValueExact());
    }
    if (logical instanceof TimestampLogicalTypeAnnotation stamp) {
      long nanos =
          switch (stamp.getUnit()) {
            case MILLIS -> 1_000_000;
            case MICROS -> 1_000;
            case NANOS -> 1;
          };
      return new Seen.Stamp(value.multiply(BigInteger.valueOf(nanos)), !stamp.isAdjustedToUTC());
    }
    return Seen.Exact.of(value);
  }

  private static Seen bytes(LogicalTypeAnnotation logical, byte[] bytes) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
      return new Seen.Exact(new BigDecimal(unscaled, decimal.getScale()));
    }
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer halves = ByteBuffer.wrap(bytes);
      return new Seen.Text(new UUID(halves.getLong(), halves.getLong()).toString());
    }
    if (logical instanceof Float16LogicalTypeAnnotation) {
      return new Seen.Real(half((bytes[1] & 0xFF) << 8 | (bytes[0] & 0xFF)));
    }
    return new Seen.Bytes(bytes);
  }

  /** A sign, five bits of exponent and ten of fraction: as a sum of powers of two. */
  private static double half(int bits) {
    int exponent = (bits >> 10) & 31;
    double sum = exponent == 0 ? 0 : 1;
    for (int i = 0; i < 10; i++) {
      sum += (bits & (1 << i)) == 0 ? 0 : Math.pow(2, i - 10);
    }
    if (exponent == 31) {
      sum = sum == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    double size = sum * Math.pow(2, Math.max(exponent, 1) - 15);
    return bits >= 1 << 15 ? -size : size;
  }

  private static Seen int96(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    BigInteger nanos = BigInteger.valueOf(in.getLong());
    BigInteger days = BigInteger.valueOf((long) in.getInt() - JULIAN_EPOCH);
    return new Seen.Stamp(days.multiply(BigInteger.valueOf(86_400_000_000_000L)).add(nanos), false);
  }

  private static final class Groups extends ParquetReader.Builder<Group> {
    Groups(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  /** Which columns a component takes. */
  static final class NaiveColumns {
    private NaiveColumns() {}

    static boolean takes(Class<?> type, PrimitiveType column) {
      LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
      boolean integer = logical == null || logical instanceof IntLogicalTypeAnnotation;
      boolean decimal = logical instanceof DecimalLogicalTypeAnnotation;
      return switch (column.getPrimitiveTypeName()) {
        case BOOLEAN -> type == boolean.class || type == Boolean.class;
        case FLOAT, DOUBLE -> isBinary(type);
        case INT96 -> isInstant(type);
        case INT32, INT64 ->
            isInstant(type)
                ? integer
                    || logical instanceof DateLogicalTypeAnnotation
                    || logical instanceof TimestampLogicalTypeAnnotation
                : type == LocalDate.class
                    ? logical instanceof DateLogicalTypeAnnotation
                    : isNumber(type) && (integer || decimal);
        case BINARY, FIXED_LEN_BYTE_ARRAY ->
            decimal
                ? isNumber(type)
                : logical instanceof JsonLogicalTypeAnnotation
                    ? isTextual(type) || isNumber(type)
                    : logical instanceof Float16LogicalTypeAnnotation
                        ? isBinary(type)
                        : isText(type, logical);
      };
    }

    private static boolean isText(Class<?> type, LogicalTypeAnnotation logical) {
      boolean text =
          logical == null
              || logical instanceof StringLogicalTypeAnnotation
              || logical instanceof EnumLogicalTypeAnnotation;
      return (isTextual(type) && text)
          || (isTextual(type) && !type.isEnum() && logical instanceof UUIDLogicalTypeAnnotation)
          || ((isInstant(type) || type == LocalDate.class) && text);
    }

    private static boolean isTextual(Class<?> type) {
      return type == String.class || type == UUID.class || type.isEnum();
    }

    private static boolean isBinary(Class<?> type) {
      return (isNumber(type) && type != BigDecimal.class) || isInstant(type);
    }

    private static boolean isInstant(Class<?> type) {
      return type == java.time.Instant.class;
    }

    private static boolean isNumber(Class<?> type) {
      return !isTextual(type)
          && !isInstant(type)
          && type != LocalDate.class
          && type != boolean.class
          && type != Boolean.class;
    }
  }
}
