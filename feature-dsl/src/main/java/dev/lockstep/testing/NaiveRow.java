package dev.lockstep.testing;

import dev.lockstep.define.ComputedColumn;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of a record (C6, C17), read by reflection; empty where it is a data error. */
final class NaiveRow {
  /** Asked for once a type: asking for each value took most of the oracle's time. */
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> recordType) {
          List<Method> accessors =
              Arrays.stream(recordType.getRecordComponents())
                  .map(RecordComponent::getAccessor)
                  .toList();
          accessors.forEach(accessor -> accessor.setAccessible(true));
          return accessors;
        }
      };

  private NaiveRow() {}

  static Optional<Values> of(SourcePlan source, Record record) {
    Values values = source.newRow();
    try {
      if (source.makesRecords()) {
        for (int i = 0; i < source.schema().components().size(); i++) {
          held(component(record, i));
        }
      }
      for (int c = 0; c < values.size(); c++) {
        ColumnPlan column = source.columns().get(c);
        values.set(c, held(value(column, record)));
      }
    } catch (ReflectiveOperationException | ArithmeticException e) {
      return Optional.empty();
    }
    return Optional.of(values);
  }

  @SuppressWarnings("unchecked") // the definition's compiler checked the event's type
  private static @Nullable Object value(ColumnPlan column, Record record)
      throws ReflectiveOperationException {
    var computed = (ComputedColumn<Object, Object>) column.computed();
    if (computed == null) {
      return component(record, column.component());
    }
    try {
      return computed.function().apply(record);
    } catch (RuntimeException | Error e) {
      throw new ReflectiveOperationException(e);
    }
  }

  private static @Nullable Object component(Record record, int index)
      throws ReflectiveOperationException {
    Object value = ACCESSORS.get(record.getClass()).get(index).invoke(record);
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  /** A value as rows hold it; what they can't hold is refused. */
  private static @Nullable Object held(@Nullable Object value) {
    if (value instanceof BigDecimal decimal && decimal.signum() != 0) {
      BigInteger millionths = decimal.movePointRight(6).toBigIntegerExact();
      return new BigDecimal(BigInteger.valueOf(millionths.longValueExact()), 6);
    }
    if (value instanceof Instant instant) {
      // Refused where microseconds can't hold it. (Their difference is that of nanoseconds to
      // Java.)
      long unused =
          BigInteger.valueOf(instant.getEpochSecond())
              .multiply(BigInteger.valueOf(1_000_000))
              .add(BigInteger.valueOf(instant.getNano() / 1_000))
              .longValueExact();
      return instant.truncatedTo(ChronoUnit.MICROS);
    }
    if (value instanceof LocalDate day) {
      return held(day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC));
    }
    if (value instanceof UUID uuid) {
      return uuid.toString().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof String text
        && !text.equals(
            new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))) {
      throw new ArithmeticException("half a surrogate pair");
    }
    return value;
  }
}
