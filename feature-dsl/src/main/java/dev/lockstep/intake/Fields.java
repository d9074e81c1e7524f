package dev.lockstep.intake;

import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one row as a file, a message or a record has them: those alone that the plan needs
 * (C17), in the record's order. Not thread-safe.
 *
 * <p>Whoever reads a row calls {@link RowIntake#begin}, gives each field at most once, in any
 * order, and asks the intake for the row. A field that isn't given is null. What doesn't fit is
 * kept as the row's fault: of several, the one that comes first in the record is its reason,
 * whatever order they were given in.
 */
public final class Fields {
  private final List<FieldType> types;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Values values;
  private final int[] slots;

  /** Of each field: whether it is a double of which NaN and infinities become null at once. */
  private final boolean[] dropsNotFinite;

  private final boolean[] nullable;

  /** Whether a row can't do without each; what it can do without is null where it is faulty. */
  private final boolean[] required;

  private final @Nullable DataException[] faults;
  private final int[] givenIn;
  private int row;
  private int given;
  private int faulty;
  private long notFinite;

  /**
   * @param values what is filled
   * @param components those needed, in the record's order
   * @param slots the place of each in {@code values}
   * @param required those that a row can't do without, of the components
   * @param keepsNotFinite whether NaN and infinities stay as they are, for a record's own code
   */
  Fields(
      SourcePlan source,
      List<Integer> components,
      Values values,
      int[] slots,
      Collection<Integer> required,
      boolean keepsNotFinite) {
    List<FieldType> found = new ArrayList<>();
    for (int component : components) {
      RecordSchema.Component c = source.schema().components().get(component);
      byName.put(c.fieldName(), found.size());
      found.add(new FieldType(c, source.record().instants()));
    }
    this.types = List.copyOf(found);
    this.values = values;
    this.slots = slots;
    this.dropsNotFinite = new boolean[found.size()];
    this.nullable = new boolean[found.size()];
    this.required = new boolean[found.size()];
    for (int field = 0; field < found.size(); field++) {
      dropsNotFinite[field] = found.get(field).type() == ValueType.DOUBLE && !keepsNotFinite;
      nullable[field] = found.get(field).component().nullable();
      this.required[field] = required.contains(components.get(field));
    }
    this.faults = new @Nullable DataException[found.size()];
    this.givenIn = new int[found.size()];
  }

  /** How many fields the plan needs. */
  public int size() {
    return types.size();
  }

  /** How a field's values are made. */
  public FieldType type(int field) {
    return types.get(field);
  }

  /** The place of a field by its name in files and messages; -1 for one that nothing needs. */
  public int indexOf(String fieldName) {
    return byName.getOrDefault(fieldName, -1);
  }

  void begin() {
    row++;
    given = 0;
    if (faulty > 0) {
      Arrays.fill(faults, null);
      faulty = 0;
    }
  }

  /** A whole number. */
  public void integer(int field, long value) {
    try {
      bits(field, types.get(field).ofInteger(value));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** A binary number. */
  public void floating(int field, double value) {
    try {
      bits(field, types.get(field).ofDouble(value));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** A decimal number. */
  public void decimal(int field, BigDecimal value) {
    try {
      bits(field, types.get(field).ofDecimal(value));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  public void bool(int field, boolean value) {
    try {
      bits(field, types.get(field).ofBoolean(value));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** An instant of a known unit. */
  public void instant(int field, long value, ChronoUnit unit) {
    try {
      bits(field, types.get(field).ofInstant(value, unit));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** A time without a zone, in microseconds. */
  public void localMicros(int field, long value) {
    try {
      bits(field, types.get(field).ofLocalMicros(value));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** A day, as days since 1970-01-01. */
  public void day(int field, long epochDay) {
    try {
      bits(field, types.get(field).ofDay(epochDay));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** Text: of a text component as it is, else what it says. */
  public void text(int field, String value) {
    FieldType type = types.get(field);
    try {
      if (type.type() == ValueType.STRING) {
        validText(field, type.text(value));
      } else {
        bits(field, type.ofText(value));
      }
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** Text of a text component that was decoded from valid UTF-8. */
  public void decoded(int field, String value) {
    try {
      validText(field, types.get(field).known(value));
    } catch (DataException e) {
      fault(field, e);
    }
  }

  /** Text that {@link FieldType#known} gave. */
  public void validText(int field, String value) {
    if (first(field)) {
      values.setString(slots[field], value);
    }
  }

  /** Bits that the field's {@link FieldType} made. */
  public void bits(int field, long bits) {
    if (!first(field)) {
      return;
    }
    int slot = slots[field];
    if (dropsNotFinite[field]) {
      if (!values.setDouble(slot, Double.longBitsToDouble(bits))) {
        notFinite++;
      }
    } else {
      values.setBits(slot, bits);
    }
  }

  /** A null. */
  public void nul(int field) {
    if (!nullable[field]) {
      fault(field, types.get(field).missing());
    } else if (first(field)) {
      values.setNull(slots[field]);
    }
  }

  /** A field of which nothing is said, not even that it is null: nobody asks for it. */
  void passOver(int field) {
    first(field);
  }

  /** A field whose value can't be had, for a reason that names it. */
  public void fault(int field, DataException reason) {
    if (first(field)) {
      faults[field] = reason;
      faulty++;
    }
  }

  /** A value as a record's accessor gave it, or null. */
  void object(int field, @Nullable Object value) {
    if (value == null) {
      nul(field);
    } else if (value instanceof BigDecimal decimal) {
      decimal(field, decimal);
    } else if (value instanceof Double || value instanceof Float) {
      floating(field, ((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      integer(field, number.longValue());
    } else if (value instanceof Boolean bool) {
      bool(field, bool);
    } else if (value instanceof Instant instant) {
      instant(field, instant);
    } else if (value instanceof LocalDate date) {
      day(field, date.toEpochDay());
    } else {
      text(field, value instanceof Enum<?> constant ? constant.name() : value.toString());
    }
  }

  private void instant(int field, Instant value) {
    try {
      bits(field, dev.lockstep.time.Micros.of(value));
    } catch (ArithmeticException beyond) {
      text(field, value.toString()); // refuses it as it would from a message
    }
  }

  /** Whether a field is given for the first time; else the row says it twice. */
  private boolean first(int field) {
    if (givenIn[field] == row) {
      faulty += faults[field] == null ? 1 : 0;
      faults[field] = types.get(field).twice(); // whatever its values are
      return false;
    }
    givenIn[field] = row;
    given++;
    return true;
  }

  /**
   * Ends the row: what wasn't given is null.
   *
   * @throws DataException the first fault in the record's order of what the row can't do without
   */
  void end() {
    if (given == types.size() && faulty == 0) {
      return;
    }
    for (int field = 0; field < types.size(); field++) {
      if (givenIn[field] != row) {
        nul(field);
      }
      DataException fault = faults[field];
      if (fault != null && required[field]) {
        throw fault;
      }
      if (fault != null) {
        values.setNull(slots[field]);
      }
    }
  }

  /** Why a field's value can't be had; null where it can. */
  @Nullable DataException fault(int field) {
    return faults[field];
  }

  /** Whether a row's fault is one of the fields that another reading needs too. */
  boolean isFaulty(SourcePlan other) {
    for (int component : other.neededComponents()) {
      int field = indexOf(other.schema().components().get(component).fieldName());
      if (field >= 0 && faults[field] != null) {
        return true;
      }
    }
    return false;
  }

  /** NaN and infinite numbers that became null since this was asked last (C6). */
  long takeNotFinite() {
    long taken = notFinite;
    notFinite = 0;
    return taken;
  }
}
