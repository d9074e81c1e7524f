package dev.lockstep.intake;

import dev.lockstep.define.ComputedColumn;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Utf16;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a source's columns of what was read of a row: as it stands, through a computed column's
 * function, or, where the record has code of its own, through the record (C17). Not thread-safe.
 */
final class RowColumns {
  private final SourcePlan source;
  private final boolean[] present;
  private final boolean makesRecords;

  /** What was read, and the place in it of each component of the record. */
  private final Values read;

  private final int[] places;
  private final Values row;
  private long notFinite;
  private boolean refusedByConstructor;

  /** The record that the row was made, where rows are. */
  private @Nullable Object lastMade;

  /**
   * @param present which of the source's columns the rows have; the others are null
   * @param row what the columns are written to
   */
  RowColumns(
      SourcePlan source,
      boolean[] present,
      boolean makesRecords,
      Values read,
      int[] places,
      Values row) {
    this.source = source;
    this.present = present;
    this.makesRecords = makesRecords;
    this.read = read;
    this.places = places;
    this.row = row;
  }

  /** Forgets the row before. */
  void begin() {
    refusedByConstructor = false;
    lastMade = null;
  }

  /** Whether the last row's record refused to be made. */
  boolean isRefusedByConstructor() {
    return refusedByConstructor;
  }

  /** The record that the last row was made; null where rows are made none. */
  @Nullable Object lastMade() {
    return lastMade;
  }

  /** NaN and infinite numbers that became null since this was asked last (C6). */
  long takeNotFinite() {
    long taken = notFinite;
    notFinite = 0;
    return taken;
  }

  /**
   * The columns of what was read.
   *
   * @return the same object each time
   * @throws DataException if there are none, with the reason
   */
  Values ofRead() {
    if (makesRecords) {
      return ofRecord(made());
    }
    for (int c = 0; c < present.length; c++) {
      ColumnPlan column = source.columns().get(c);
      if (!present[c]) {
        row.setNull(c);
      } else if (column.computed() == null) {
        copy(c, places[column.component()]);
      } else {
        set(c, computed(column));
      }
    }
    return row;
  }

  private void copy(int column, int place) {
    if (read.isNull(place)) {
      row.setNull(column);
    } else if (read.type(place) == ValueType.DOUBLE) {
      if (!row.setDouble(column, read.getDouble(place))) {
        notFinite++;
      }
    } else {
      row.copy(column, read, place);
    }
  }

  /** The record, of all components. What its own code throws is the row's fault (C17). */
  private Object made() {
    @Nullable Object[] components = new @Nullable Object[places.length];
    for (int i = 0; i < components.length; i++) {
      components[i] = object(places[i]);
    }
    try {
      Object record = source.schema().newRecord(components);
      lastMade = record;
      return record;
    } catch (Throwable e) {
      refusedByConstructor = true;
      throw thrown("its constructor", e);
    }
  }

  private @Nullable Object object(int place) {
    // NaN and infinities as they are: a record's own code sees them (C6).
    return read.get(place);
  }

  /**
   * The columns of a record.
   *
   * @return the same object each time
   * @throws DataException if there are none, with the reason
   */
  Values ofRecord(Object event) {
    for (int c = 0; c < present.length; c++) {
      ColumnPlan column = source.columns().get(c);
      if (!present[c]) {
        row.setNull(c);
      } else if (column.computed() == null) {
        set(c, accessed(event, column.component()));
      } else {
        set(c, applied(column, event));
      }
    }
    return row;
  }

  /**
   * What an accessor of a record gives.
   *
   * @throws DataException saying what it threw
   */
  @Nullable Object accessed(Object event, int component) {
    try {
      return source.schema().read(event, component);
    } catch (Throwable e) {
      throw thrown("its accessor " + source.schema().components().get(component).name() + "()", e);
    }
  }

  @SuppressWarnings("unchecked") // the definition's compiler checked the event's type
  private @Nullable Object applied(ColumnPlan column, Object event) {
    ComputedColumn<Object, Object> function =
        (ComputedColumn<Object, Object>) Objects.requireNonNull(column.computed());
    try {
      return function.apply(event);
    } catch (Throwable e) {
      throw thrown("computed column " + column.name(), e);
    }
  }

  /**
   * The value of a function of some components, which see what the record's accessors would give.
   */
  private @Nullable Object computed(ColumnPlan column) {
    var function = Objects.requireNonNull(column.computed()).ofInputs();
    @Nullable Object[] inputs = new @Nullable Object[column.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      int component = column.inputs().get(i);
      inputs[i] = source.schema().asComponent(component, object(places[component]));
    }
    try {
      return Objects.requireNonNull(function).of(inputs);
    } catch (Throwable e) {
      throw thrown("computed column " + column.name(), e);
    }
  }

  private void set(int column, @Nullable Object value) {
    try {
      if (value instanceof String text && !Utf16.isText(text)) {
        throw new IllegalArgumentException("half a surrogate pair, which is no text");
      }
      if (!row.set(column, value)) {
        notFinite++;
      }
    } catch (ArithmeticException | IllegalArgumentException | ClassCastException e) {
      ColumnPlan of = source.columns().get(column);
      boolean sensitive =
          of.component() >= 0 && source.schema().components().get(of.component()).sensitive();
      throw new DataException(
          "["
              + of.name()
              + "]: "
              + (sensitive ? "a value that isn't shown can't be held" : e.getMessage()));
    }
  }

  private DataException thrown(String what, Throwable e) {
    return OwnCode.fault(
        source.schema().recordType().getSimpleName() + " can't be made of it: " + what,
        e,
        source.schema().components().stream().noneMatch(RecordSchema.Component::sensitive));
  }
}
