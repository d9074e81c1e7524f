package dev.lockstep.beam.door;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Draws how a column of a component is laid out, as one or other tool does. */
final class DrawnColumns {
  private final Draws draws;
  private final TimeUnit unit;
  private final boolean faulty;

  /**
   * Columns of one file.
   *
   * @param unit of bare numbers, as the source declares it
   * @param faulty whether values beyond the component are drawn, and nulls in primitives
   */
  DrawnColumns(Draws draws, TimeUnit unit, boolean faulty) {
    this.draws = draws;
    this.unit = unit;
    this.faulty = faulty;
  }

  ColumnLayout of(String column, Class<?> type) {
    if (faulty && draws.once(60)) {
      return unfit(column, type);
    }
    if (type == boolean.class || type == Boolean.class) {
      return layout(
          column, type, PrimitiveTypeName.BOOLEAN, null, 0, (g, c) -> g.add(c, draws.once(2)));
    }
    if (type == String.class) {
      return text(column, type);
    }
    if (type == Instant.class) {
      return instant(column, type);
    }
    if (type == LocalDate.class) {
      return draws.once(3)
          ? strings(column, type, () -> faulty ? draws.dayText() : draws.day().toString())
          : layout(
              column,
              type,
              PrimitiveTypeName.INT32,
              LogicalTypeAnnotation.dateType(),
              0,
              (g, c) -> g.add(c, (int) draws.day().toEpochDay()));
    }
    if (type == UUID.class) {
      return draws.once(2)
          ? strings(column, type, () -> faulty ? draws.uuidText() : draws.uuid().toString())
          : uuids(column, type);
    }
    if (type.isEnum()) {
      return strings(column, type, () -> constant(type));
    }
    if (type == BigDecimal.class) {
      return draws.once(4)
          ? integer(column, type)
          : draws.once(6) ? json(column, type) : decimal(column, type);
    }
    boolean real =
        type == double.class || type == Double.class || type == float.class || type == Float.class;
    return switch (draws.below(real ? 8 : 12)) {
      case 0 -> json(column, type);
      case 1 -> decimal(column, type);
      case 2 -> integer(column, type);
      case 3 ->
          layout(
              column,
              type,
              PrimitiveTypeName.FLOAT,
              null,
              0,
              (g, c) -> g.add(c, (float) real(type)));
      case 4, 5, 6, 7 ->
          real || draws.once(4)
              ? layout(
                  column, type, PrimitiveTypeName.DOUBLE, null, 0, (g, c) -> g.add(c, real(type)))
              : integer(column, type);
      default -> integer(column, type);
    };
  }

  private String constant(Class<?> type) {
    return faulty
        ? draws.constantText(type)
        : ((Enum<?>) draws.of(List.of(type.getEnumConstants()))).name();
  }

  /** Text of one meaning, annotated or not. */
  private ColumnLayout strings(String column, Class<?> type, Supplier<String> value) {
    LogicalTypeAnnotation logical =
        switch (draws.below(3)) {
          case 0 -> null;
          case 1 -> LogicalTypeAnnotation.enumType();
          default -> LogicalTypeAnnotation.stringType();
        };
    return layout(
        column,
        type,
        PrimitiveTypeName.BINARY,
        logical,
        0,
        (g, c) ->
            g.add(
                c,
                faulty && draws.once(40)
                    ? Binary.fromConstantByteArray(draws.bytes())
                    : Binary.fromString(value.get())));
  }

  private ColumnLayout uuids(String column, Class<?> type) {
    return layout(
        column,
        type,
        PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
        LogicalTypeAnnotation.uuidType(),
        16,
        (g, c) ->
            g.add(
                c,
                Binary.fromConstantByteArray(
                    ByteBuffer.allocate(16)
                        .putLong(draws.random().nextLong())
                        .putLong(draws.random().nextLong())
                        .array())));
  }

  /** A column that no component of that type takes: the file is refused where it is read. */
  private ColumnLayout unfit(String column, Class<?> type) {
    if (type.isEnum() && draws.once(3)) {
      return uuids(column, type);
    }
    if (type == LocalDate.class && draws.once(2)) {
      return draws.once(2) ? stamp(column, type) : integer(column, type);
    }
    if (type == String.class || type == UUID.class || type.isEnum()) {
      return draws.once(2)
          ? layout(column, type, PrimitiveTypeName.INT64, null, 0, (g, c) -> g.add(c, 1L))
          : layout(
              column,
              type,
              PrimitiveTypeName.BINARY,
              LogicalTypeAnnotation.bsonType(),
              0,
              this::addText);
    }
    LogicalTypeAnnotation time =
        LogicalTypeAnnotation.timeType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
    return draws.once(2)
        ? layout(column, type, PrimitiveTypeName.INT64, time, 0, (g, c) -> g.add(c, 1L))
        : repeated(column);
  }

  private ColumnLayout repeated(String column) {
    Type type = Types.primitive(PrimitiveTypeName.INT64, Repetition.REPEATED).named(column);
    return new ColumnLayout(type, group -> group.add(column, 1L));
  }

  private static int bits(Class<?> type) {
    return type == byte.class || type == Byte.class
        ? 8
        : type == short.class || type == Short.class
            ? 16
            : type == int.class || type == Integer.class ? 32 : type == BigDecimal.class ? 40 : 62;
  }

  private static boolean isReal(Class<?> type) {
    return type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class;
  }

  private double real(Class<?> type) {
    return isReal(type)
        ? draws.real()
        : faulty && draws.once(6) ? draws.real() : whole(Math.min(bits(type), 50)).doubleValue();
  }

  private BigInteger whole(int bits) {
    return faulty ? draws.integer(bits) : new BigInteger(bits - 1, draws.random());
  }

  private ColumnLayout integer(String column, Class<?> type) {
    int width = draws.of(List.of(8, 16, 32, 64));
    boolean signed = draws.once(2);
    boolean wide = width == 64;
    boolean bare = signed && width >= 32 && draws.once(2);
    LogicalTypeAnnotation logical = bare ? null : LogicalTypeAnnotation.intType(width, signed);
    int bits = Math.min(bits(type), signed ? width : width - 1);
    return layout(
        column,
        type,
        wide ? PrimitiveTypeName.INT64 : PrimitiveTypeName.INT32,
        logical,
        0,
        (g, c) -> {
          BigInteger value = whole(bits);
          int within = signed ? width - 1 : width;
          if (value.bitLength() > within || (!signed && value.signum() < 0)) {
            value = value.abs().mod(BigInteger.ONE.shiftLeft(within));
          }
          if (wide) {
            g.add(c, value.longValue());
          } else {
            g.add(c, value.intValue());
          }
        });
  }

  private ColumnLayout decimal(String column, Class<?> type) {
    int scale = draws.of(List.of(0, 1, 2, 4, 6, 9, 18));
    PrimitiveTypeName physical =
        draws.of(
            List.of(
                PrimitiveTypeName.INT32,
                PrimitiveTypeName.INT64,
                PrimitiveTypeName.BINARY,
                PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY));
    int precision =
        switch (physical) {
          case INT32 -> 9;
          case INT64 -> 18;
          default -> 38;
        };
    int places = Math.min(scale, precision);
    BigInteger limit = BigInteger.TEN.pow(precision);
    return layout(
        column,
        type,
        physical,
        LogicalTypeAnnotation.decimalType(places, precision),
        16,
        (g, c) -> {
          boolean fraction = isReal(type) || type == BigDecimal.class || (faulty && draws.once(8));
          BigDecimal value =
              fraction
                  ? draws.decimal(places)
                  : new BigDecimal(whole(Math.min(bits(type), 62))).setScale(places);
          BigInteger unscaled = value.unscaledValue();
          unscaled = unscaled.abs().compareTo(limit) < 0 ? unscaled : BigInteger.ZERO;
          switch (physical) {
            case INT32 -> g.add(c, unscaled.intValue());
            case INT64 -> g.add(c, unscaled.longValue());
            case BINARY -> g.add(c, Binary.fromConstantByteArray(unscaled.toByteArray()));
            default -> g.add(c, Binary.fromConstantByteArray(padded(unscaled)));
          }
        });
  }

  private static byte[] padded(BigInteger unscaled) {
    byte[] bytes = unscaled.toByteArray();
    byte[] padded = new byte[16];
    Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, padded, 16 - bytes.length, bytes.length);
    return padded;
  }

  private ColumnLayout json(String column, Class<?> type) {
    return layout(
        column,
        type,
        PrimitiveTypeName.BINARY,
        LogicalTypeAnnotation.jsonType(),
        0,
        (g, c) -> {
          String number =
              isReal(type) || type == BigDecimal.class
                  ? draws.decimal(draws.below(7)).toPlainString()
                  : whole(bits(type)).toString();
          g.add(
              c,
              Binary.fromString(
                  faulty && draws.once(15)
                      ? draws.of(
                          List.of(
                              "abc",
                              "1.5",
                              "{}",
                              "1 2",
                              "null",
                              "\"12\"",
                              " 12",
                              "true",
                              "NaN",
                              "1e400",
                              "Infinity",
                              "+7",
                              "1."))
                      : number));
        });
  }

  private ColumnLayout text(String column, Class<?> type) {
    return switch (draws.below(6)) {
      case 0 -> layout(column, type, PrimitiveTypeName.BINARY, null, 0, this::addText);
      case 1 ->
          layout(
              column,
              type,
              PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
              null,
              4,
              (g, c) ->
                  g.add(
                      c,
                      Binary.fromConstantByteArray(
                          faulty && draws.once(10)
                              ? new byte[] {'a', (byte) 0x80, 'b', 'c'}
                              : String.format("%04d", draws.below(10_000))
                                  .getBytes(StandardCharsets.UTF_8))));
      case 2 -> uuids(column, type);
      case 3 ->
          layout(
              column,
              type,
              PrimitiveTypeName.BINARY,
              LogicalTypeAnnotation.enumType(),
              0,
              this::addText);
      default ->
          layout(
              column,
              type,
              PrimitiveTypeName.BINARY,
              LogicalTypeAnnotation.stringType(),
              0,
              this::addText);
    };
  }

  private void addText(Group group, String column) {
    byte[] bytes = faulty ? draws.bytes() : draws.text().getBytes(StandardCharsets.UTF_8);
    group.add(column, Binary.fromConstantByteArray(bytes));
  }

  private ColumnLayout instant(String column, Class<?> type) {
    return switch (draws.below(8)) {
      case 0 ->
          layout(
              column,
              type,
              PrimitiveTypeName.INT96,
              null,
              0,
              (g, c) -> g.add(c, int96(draws.instant())));
      case 1 ->
          layout(
              column,
              type,
              PrimitiveTypeName.INT32,
              LogicalTypeAnnotation.dateType(),
              0,
              (g, c) -> g.add(c, draws.below(40_000) - 5_000));
      case 2 -> layout(column, type, PrimitiveTypeName.INT64, null, 0, (g, c) -> g.add(c, bare()));
      case 3 ->
          layout(
              column,
              type,
              PrimitiveTypeName.BINARY,
              LogicalTypeAnnotation.stringType(),
              0,
              (g, c) ->
                  g.add(
                      c,
                      Binary.fromString(
                          faulty ? draws.instantText() : draws.instant().toString())));
      case 4 ->
          unit == TimeUnit.SECONDS
              ? layout(
                  column,
                  type,
                  PrimitiveTypeName.DOUBLE,
                  null,
                  0,
                  (g, c) ->
                      g.add(c, ChronoUnit.MICROS.between(Instant.EPOCH, draws.instant()) / 1e6))
              : stamp(column, type);
      default -> stamp(column, type);
    };
  }

  /** A bare number in the declared unit, at times in another. */
  private long bare() {
    TimeUnit used =
        faulty && draws.once(10)
            ? draws.of(List.of(TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS))
            : unit;
    return used.convert(draws.instant().getEpochSecond(), TimeUnit.SECONDS)
        + (used == TimeUnit.SECONDS ? 0 : draws.below(1_000));
  }

  private ColumnLayout stamp(String column, Class<?> type) {
    LogicalTypeAnnotation.TimeUnit in = draws.of(List.of(LogicalTypeAnnotation.TimeUnit.values()));
    return layout(
        column,
        type,
        PrimitiveTypeName.INT64,
        LogicalTypeAnnotation.timestampType(draws.once(2), in),
        0,
        (g, c) -> {
          Instant instant = draws.instant();
          long nanos = instant.getNano();
          long value =
              switch (in) {
                case MILLIS -> instant.toEpochMilli();
                case MICROS -> ChronoUnit.MICROS.between(Instant.EPOCH, instant);
                case NANOS -> instant.getEpochSecond() * 1_000_000_000 + nanos;
              };
          g.add(
              c,
              faulty && draws.once(12)
                  ? draws.of(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, -1L))
                  : value);
        });
  }

  private static Binary int96(Instant instant) {
    long days = Math.floorDiv(instant.getEpochSecond(), 86_400L);
    long nanos =
        Math.floorMod(instant.getEpochSecond(), 86_400L) * 1_000_000_000L + instant.getNano();
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    return Binary.fromConstantByteArray(
        bytes.putLong(nanos).putInt((int) (days + 2_440_588)).array());
  }

  private ColumnLayout layout(
      String column,
      Class<?> component,
      PrimitiveTypeName physical,
      LogicalTypeAnnotation logical,
      int length,
      BiConsumer<Group, String> add) {
    boolean nulls = component.isPrimitive() ? faulty && draws.once(4) : draws.once(2);
    Repetition repetition = nulls || draws.once(2) ? Repetition.OPTIONAL : Repetition.REQUIRED;
    var builder = Types.primitive(physical, repetition).as(logical);
    Type type =
        (length > 0 && physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                ? builder.length(length)
                : builder)
            .named(column);
    return new ColumnLayout(
        type,
        group -> {
          if (!nulls || !draws.once(8)) {
            add.accept(group, column);
          }
        });
  }
}
