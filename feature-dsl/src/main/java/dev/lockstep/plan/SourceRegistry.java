package dev.lockstep.plan;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.Table;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sources and tables of one definition, each known once, with the columns it is read by. */
final class SourceRegistry {
  private final Map<Object, SourceBuilder> builders = new LinkedHashMap<>();
  private final Map<String, Object> byName = new LinkedHashMap<>();
  private final boolean asOfEventTime;
  private final Consumer<DefinitionError> errors;

  /** A label's source, as known, beside the same source as of event time. */
  private record AsKnown(EventSource<?> source) {}

  SourceRegistry(boolean asOfEventTime, Consumer<DefinitionError> errors) {
    this.asOfEventTime = asOfEventTime;
    this.errors = errors;
  }

  List<SourcePlan> build() {
    return builders.values().stream().map(SourceBuilder::build).toList();
  }

  /** All columns that features read are known. */
  void featuresAreRead() {
    builders.values().forEach(SourceBuilder::featuresAreRead);
  }

  /** The source or table of an index. */
  SourceBuilder at(int index) {
    return builders.values().stream().filter(b -> b.index == index).findFirst().orElseThrow();
  }

  /** A source as features read it. */
  SourceBuilder source(EventSource<?> source) {
    return source(source, source, asOfEventTime);
  }

  /** A source as features read it, if they do. */
  @Nullable SourceBuilder known(EventSource<?> source) {
    return builders.get(source);
  }

  /** A source as a label reads it: always as known (C16), so at times the same once more. */
  SourceBuilder labelSource(EventSource<?> source) {
    return asOfEventTime ? source(new AsKnown(source), source, false) : source(source);
  }

  private SourceBuilder source(Object key, EventSource<?> source, boolean ofEventTime) {
    SourceBuilder known = builders.get(key);
    if (known != null) {
      return known;
    }
    if (!builders.containsKey(source)) {
      source.mistakes().forEach(errors);
    }
    String name = source.name();
    String subject = source.toString();
    if (name == null) {
      errors.accept(
          new DefinitionError(subject, "it has no name", "add .named(\"...\") to the source"));
      name = source.recordType().getSimpleName();
    }
    claim(name, source, "source");
    String topic = source.topic();
    SourceBuilder b =
        new SourceBuilder(
            builders.size(),
            name,
            topic != null ? topic : name,
            false,
            source.recordType(),
            errors);
    builders.put(key, b);
    b.rules(source.lateness(), source.clockSkew(), source.availableAhead());
    b.promises(source.disorder(), source.visibleWithin());
    b.instants(source.epochUnit(), source.zone());
    if (source.eventTime() == null) {
      errors.accept(
          new DefinitionError(
              subject, "it has no event time", "add .eventTime(Record::instant) to the source"));
    }
    SourceBuilder asFeaturesRead = builders.get(source);
    if (asFeaturesRead != null && asFeaturesRead != b) {
      b.shareFunctions(asFeaturesRead);
    }
    b.idDeclared = source.id() != null;
    b.idColumn = typed(b, source.id(), subject + ", id", ValueType.STRING, ValueType.LONG);
    b.eventTimeColumn = typed(b, source.eventTime(), subject + ", eventTime", ValueType.INSTANT);
    if (ofEventTime) {
      b.asOfEventTime();
    } else {
      b.availableAtColumn =
          typed(b, source.availableAt(), subject + ", availableAt", ValueType.INSTANT);
    }
    b.sequenceColumn = typed(b, source.sequence(), subject + ", sequence", ValueType.LONG);
    return b;
  }

  SourceBuilder table(Table<?> table) {
    SourceBuilder known = builders.get(table);
    if (known != null) {
      return known;
    }
    table.mistakes().forEach(errors);
    claim(table.name(), table, "table");
    SourceBuilder b =
        new SourceBuilder(
            builders.size(), table.name(), table.name(), true, table.recordType(), errors);
    builders.put(table, b);
    b.instants(table.epochUnit(), table.zone());
    String subject = "table " + table.name();
    b.eventTimeColumn =
        typed(b, table.effectiveFrom(), subject + ", effectiveFrom", ValueType.INSTANT);
    if (asOfEventTime) {
      b.asOfEventTime();
    } else {
      b.availableAtColumn =
          typed(b, table.availableAt(), subject + ", availableAt", ValueType.INSTANT);
    }
    b.deletedColumn = typed(b, table.deleted(), subject + ", deleted", ValueType.BOOLEAN);
    return b;
  }

  private void claim(String name, Object owner, String kind) {
    Names.check(kind + " " + name, name, errors);
    Object first = byName.putIfAbsent(name, owner);
    if (first != null && !first.equals(owner)) {
      errors.accept(
          new DefinitionError(
              kind + " " + name,
              "the name is taken by another source or table",
              "give each source and table of a set a name of its own"));
    }
  }

  private int typed(
      SourceBuilder b, @Nullable Column<?, ?> reference, String user, ValueType... allowed) {
    if (reference == null) {
      return -1;
    }
    int column = b.column(reference, user);
    if (column >= 0 && !List.of(allowed).contains(b.typeOf(column))) {
      errors.accept(
          new DefinitionError(
              user,
              "[" + b.columns.get(column).name() + "] is of type " + b.typeOf(column),
              "refer to a component of type " + joined(allowed)));
    }
    return column;
  }

  private static String joined(ValueType... types) {
    List<String> names = new ArrayList<>();
    for (ValueType type : types) {
      names.add(type.name());
    }
    return String.join(" or ", names);
  }
}
