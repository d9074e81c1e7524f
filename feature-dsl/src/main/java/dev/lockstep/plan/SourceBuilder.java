package dev.lockstep.plan;

import dev.lockstep.define.Column;
import dev.lockstep.define.ColumnReference;
import dev.lockstep.define.ComputedColumn;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.NamedColumn;
import dev.lockstep.time.InstantReading;
import dev.lockstep.value.ValueType;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the columns of one source that a definition refers to, and reports those it can't. */
final class SourceBuilder {
  final int index;
  final String name;
  final String topic;
  final boolean table;
  final @Nullable RecordSchema schema;
  final List<ColumnPlan> columns = new ArrayList<>();
  int idColumn = -1;
  int eventTimeColumn = -1;
  int availableAtColumn = -1;
  int sequenceColumn = -1;
  int deletedColumn = -1;
  boolean idDeclared;
  private Map<String, ComputedColumn<?, ?>> functions = new HashMap<>();
  private boolean asOfEventTime;
  private final String subject;
  private final Consumer<DefinitionError> errors;
  private TimeRules times = TimeRules.NONE;
  private TopicPromises promises = TopicPromises.NONE;
  private InstantReading instants = InstantReading.DEFAULT;
  private int columnsOfFeatures;

  SourceBuilder(
      int index,
      String name,
      String topic,
      boolean table,
      Class<?> recordType,
      Consumer<DefinitionError> errors) {
    this.index = index;
    this.name = name;
    this.topic = topic;
    this.table = table;
    this.subject = (table ? "table " : "source ") + name;
    this.errors = errors;
    this.schema = schemaOf(recordType);
  }

  private @Nullable RecordSchema schemaOf(Class<?> recordType) {
    try {
      RecordSchema found = RecordSchema.of(recordType);
      RecordRules.check(found, subject, errors);
      return found;
    } catch (IllegalArgumentException e) {
      errors.accept(
          new DefinitionError(
              subject,
              String.valueOf(e.getMessage()),
              "declare the event as a record of booleans, integers, doubles, BigDecimals, Strings,"
                  + " enums, UUIDs, Instants and LocalDates"));
      return null;
    }
  }

  /** How the record's instants are written (C1). */
  void instants(ChronoUnit unit, ZoneId zone) {
    if (!InstantReading.UNITS.contains(unit)) {
      errors.accept(
          new DefinitionError(
              subject, "its epochUnit is " + unit.name(), "use one of " + InstantReading.UNITS));
      return;
    }
    instants = new InstantReading(unit, zone);
  }

  /**
   * @param availableAhead empty for no bound
   */
  void rules(Duration lateness, Duration clockSkew, Optional<Duration> availableAhead) {
    times =
        new TimeRules(
            notNegative("lateness", lateness),
            notNegative("clockSkew", clockSkew),
            availableAhead
                .map(ahead -> notNegative("availableAhead", ahead))
                .orElse(Long.MAX_VALUE));
  }

  void promises(Duration disorder, Optional<Duration> visibleWithin) {
    visibleWithin.ifPresent(within -> notNegative("visibleWithin", within));
    promises = new TopicPromises(notNegative("disorder", disorder), visibleWithin);
  }

  private long notNegative(String rule, Duration value) {
    if (value.isNegative()) {
      errors.accept(
          new DefinitionError(
              subject, rule + " is negative: " + value, "give a duration of zero or more"));
      return 0;
    }
    Optional<Long> micros = DurationMicros.of(value);
    if (micros.isEmpty()) {
      errors.accept(
          new DefinitionError(
              subject,
              rule + " is " + value + ", more than 292 000 years",
              "give a shorter duration"));
    }
    return micros.orElse(0L);
  }

  /** Takes all for known when it happened (C16). */
  void asOfEventTime() {
    asOfEventTime = true;
    availableAtColumn = eventTimeColumn;
  }

  /** Takes what is read so far for what features read: what comes now only a label does. */
  void featuresAreRead() {
    columnsOfFeatures = columns.size();
  }

  long latenessMicros() {
    return times.latenessMicros();
  }

  /** The index of a column, added if new; -1 after reporting why it can't be read. */
  int column(Column<?, ?> reference, String user) {
    if (schema == null) {
      return -1; // reported once, with the record
    }
    if (reference instanceof NamedColumn<?> named) {
      return column(named.component(), user);
    }
    ColumnPlan column = resolve(reference, schema, user);
    if (column == null) {
      return -1;
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnPlan known = columns.get(i);
      if (known.identity().equals(column.identity())) {
        if (known.type() != column.type()) {
          errors.accept(
              new DefinitionError(
                  user,
                  "the computed column ["
                      + column.identity()
                      + "] gives "
                      + column.type()
                      + ", elsewhere "
                      + known.type(),
                  "give one of the two another name"));
        } else {
          checkFunction(column, user);
        }
        return i;
      }
    }
    checkFunction(column, user);
    columns.add(column);
    return columns.size() - 1;
  }

  /** Reports a second function under the name and version of another: one of them would win. */
  private void checkFunction(ColumnPlan column, String user) {
    if (column.computed() == null) {
      return;
    }
    var first = functions.putIfAbsent(column.identity(), column.computed());
    if (first != null && !ColumnReference.isSame(first, column.computed())) {
      errors.accept(
          new DefinitionError(
              user,
              "the computed column [" + column.identity() + "] is another function elsewhere",
              "declare it once and use that everywhere, or give one of the two another name or"
                  + " version"));
    }
  }

  /** Takes the functions of a source that is read twice: their names mean one thing in both. */
  void shareFunctions(SourceBuilder other) {
    functions = other.functions;
  }

  /** The index of a column by component name, added if new; -1 after reporting. */
  int column(String component, String user) {
    if (schema == null) {
      return -1;
    }
    int found = schema.indexOf(component);
    if (found < 0) {
      errors.accept(
          new DefinitionError(
              user,
              subject + " has no field [" + component + "]",
              "use one of its fields: " + componentNames(schema)));
      return -1;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).component() == found) {
        return i;
      }
    }
    columns.add(ColumnPlan.of(schema, found));
    return columns.size() - 1;
  }

  ValueType typeOf(int column) {
    return columns.get(column).type();
  }

  /**
   * The class of a column's values, as a record's component has it; of an Optional what is in it.
   */
  Class<?> classOf(int column) {
    ColumnPlan plan = columns.get(column);
    if (plan.computed() != null) {
      return plan.computed().type();
    }
    return schema == null ? Object.class : schema.components().get(plan.component()).javaType();
  }

  private @Nullable ColumnPlan resolve(Column<?, ?> reference, RecordSchema record, String user) {
    DefinitionError another = ForeignColumn.find(reference, record, subject, user);
    boolean foreign = another != null;
    if (another != null) {
      errors.accept(another);
    }
    if (reference instanceof ComputedColumn<?, ?> computed) {
      Names.check(user, computed.name(), errors);
      var type = ValueType.of(computed.type());
      if (type.isEmpty()) {
        errors.accept(
            new DefinitionError(
                user,
                "the computed column ["
                    + computed.name()
                    + "] gives a "
                    + computed.type().getName(),
                "let it give a boolean, an integer, a double, a String, an enum, a UUID, an Instant"
                    + " or a LocalDate"));
        return null;
      }
      return foreign ? null : computed(computed, type.get(), record, user);
    }
    String referenced = ColumnReference.nameOf(reference);
    if (referenced.isEmpty()) {
      errors.accept(
          new DefinitionError(
              user,
              "a column of "
                  + subject
                  + " is not a reference to one of its components, and what else it does the plan"
                  + " can't see",
              "refer to a component ("
                  + record.recordType().getSimpleName()
                  + "::"
                  + record.components().get(0).name()
                  + "), or name it: Column.computed(\"name\", 1, Type.class, event -> ...)"));
      return null;
    }
    if (foreign) {
      return null;
    }
    int component = record.indexOf(referenced);
    if (component < 0) {
      errors.accept(
          new DefinitionError(
              user,
              "["
                  + referenced
                  + "] is not a component of "
                  + record.recordType().getSimpleName()
                  + "; its components are: "
                  + componentNames(record),
              "refer to one of them, or name what it computes: Column.computed(\""
                  + referenced
                  + "\", 1, Type.class, "
                  + record.recordType().getSimpleName()
                  + "::"
                  + referenced
                  + ")"));
      return null;
    }
    return ColumnPlan.of(record, component);
  }

  /** A computed column with the components that it declares; null after reporting one it can't. */
  private @Nullable ColumnPlan computed(
      ComputedColumn<?, ?> computed, ValueType type, RecordSchema record, String user) {
    List<Integer> inputs = new ArrayList<>();
    for (Column<?, ?> input : computed.inputs()) {
      ColumnPlan column = resolve(input, record, user + ", computed column " + computed.name());
      if (column == null) {
        return null;
      }
      if (column.computed() != null) {
        errors.accept(
            new DefinitionError(
                user,
                "the computed column ["
                    + computed.name()
                    + "] reads another computed column, ["
                    + column.name()
                    + "]",
                "let it read components of the record"));
        return null;
      }
      inputs.add(column.component());
    }
    return ColumnPlan.of(record, computed, type, inputs);
  }

  static String componentNames(RecordSchema record) {
    return record.components().stream()
        .map(RecordSchema.Component::name)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  SourcePlan build() {
    if (schema == null) {
      throw new IllegalStateException(subject + " was reported as unreadable");
    }
    return new SourcePlan(
        index,
        name,
        topic,
        table,
        new RecordReading(schema, instants),
        columns,
        idColumn,
        eventTimeColumn,
        availableAtColumn,
        sequenceColumn,
        deletedColumn,
        times,
        promises,
        asOfEventTime,
        CopyOrder.of(columns, columnsOfFeatures));
  }
}
