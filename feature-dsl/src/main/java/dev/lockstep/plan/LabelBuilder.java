package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Label;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Resolves the label of a training set. */
final class LabelBuilder {
  private final SourceRegistry registry;
  private final List<DefinitionError> found = new ArrayList<>();
  private final Consumer<DefinitionError> errors;

  LabelBuilder(SourceRegistry registry, Consumer<DefinitionError> errors) {
    this.registry = registry;
    this.errors = errors;
  }

  /** The label's branch, or null after reporting what is wrong with it. */
  @Nullable LabelPlan build(Label<?> label, SourceBuilder requests, int index) {
    String subject = "label " + label.name();
    Names.check(subject, label.name(), found::add);
    if (requests.idColumn < 0) {
      found.add(
          new DefinitionError(
              subject,
              "the requests of source " + requests.name + " have no id to be found by",
              "declare .id(Record::column) on source " + requests.name));
    }
    SourceBuilder source = registry.source(label.source());
    int id = source.column(label.requestId(), subject);
    ExpressionTyper typer = new ExpressionTyper(source, List.of(), Map.of(), found::add);
    TypedExpression value = typer.type(subject, label.value());
    if (id >= 0 && source.typeOf(id) != ValueType.STRING && source.typeOf(id) != ValueType.LONG) {
      found.add(
          new DefinitionError(
              subject,
              "[" + source.columns.get(id).name() + "] is of type " + source.typeOf(id),
              "name the request by a component of type STRING or LONG"));
    }
    if (value != null && value.type() != ValueType.BOOLEAN && !value.type().isNumeric()) {
      found.add(
          new DefinitionError(
              subject,
              "it is of type " + value.type(),
              "let it be a boolean or a number, which a model can learn"));
    }
    found.forEach(errors);
    if (value == null || id < 0 || !found.isEmpty()) {
      return null;
    }
    // The value's expression is over all of the source's columns: the label's rows carry them all.
    List<Integer> columns = IntStream.range(0, source.columns.size()).boxed().toList();
    return new LabelPlan(
        index,
        label.name(),
        source.index,
        List.of(id),
        List.of(requests.idColumn),
        columns,
        columns.stream().map(source::typeOf).toList(),
        value);
  }
}
