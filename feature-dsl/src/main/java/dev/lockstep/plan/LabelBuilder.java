package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.ExpressionTree;
import dev.lockstep.define.Keyed;
import dev.lockstep.define.Label;
import dev.lockstep.value.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Resolves the label of a training set. */
final class LabelBuilder {
  private final SourceRegistry registry;
  private final SourceBuilder requests;
  private final OwnAggregations aggregations;
  private final int index;
  private final String subject;
  private final List<DefinitionError> found = new ArrayList<>();
  private List<Integer> askedBy = List.of();

  /**
   * @param index its place among the branches, if it becomes one
   */
  LabelBuilder(
      Label<?> label,
      SourceRegistry registry,
      SourceBuilder requests,
      OwnAggregations aggregations,
      int index) {
    this.aggregations = aggregations;
    this.registry = registry;
    this.requests = requests;
    this.index = index;
    this.subject = "label " + label.name();
    Names.check(subject, label.name(), found::add);
  }

  /**
   * The label, or null after reporting what is wrong with it.
   *
   * @param keys the request's columns by entity
   */
  @Nullable LabelPlan build(Label<?> label, RequestKeys keys, Consumer<DefinitionError> errors) {
    LabelPlan plan;
    if (label instanceof Label.LaterEvent<?> event) {
      plan = ofEvent(event);
    } else if (label instanceof Label.FutureWindow<?> window) {
      plan = ofWindow(window, keys);
    } else {
      plan = ofColumn((Label.OwnField<?>) label);
    }
    if (plan != null && plan.type() != ValueType.BOOLEAN && !plan.type().isNumeric()) {
      error(
          "it is of type " + plan.type(),
          "let it be a boolean or a number, which a model can learn");
    }
    found.forEach(errors);
    return found.isEmpty() ? plan : null;
  }

  /** The request's columns that a label which became a branch is asked by. */
  List<Integer> askedBy() {
    return askedBy;
  }

  private @Nullable LabelPlan ofEvent(Label.LaterEvent<?> label) {
    if (!requests.idDeclared) {
      error(
          "the requests of source " + requests.name + " have no id to be found by",
          "declare .id(Record::column) on source " + requests.name);
    }
    SourceBuilder source = registry.labelSource(label.source());
    int id = source.column(label.requestId(), subject);
    if (id >= 0 && source.typeOf(id) != ValueType.STRING && source.typeOf(id) != ValueType.LONG) {
      error(
          "[" + source.columns.get(id).name() + "] is of type " + source.typeOf(id),
          "name the request by a component of type STRING or LONG");
    }
    TypedExpression value =
        ExpressionTyper.ofLabel(source, requests, found::add)
            .type(subject, ExpressionTree.of(label.value()));
    OptionalLong within = within(label.within());
    askedBy = List.of(requests.idColumn);
    if (value == null || id < 0) {
      return null;
    }
    boolean isJoined = value.readsRequest();
    if (isJoined && label.happened()) {
      error(
          "the condition of happened reads the request",
          "read fields of the event alone, or give the first event's: is(name, condition)");
    }
    if (isJoined && !value.readsEvent()) {
      error(
          "it reads the request alone",
          "read a field of the event too, or say Label.column(name, column)");
    }
    EventParts parts = new EventParts();
    TypedExpression joined = isJoined ? parts.joined(value) : null;
    List<TypedExpression> given = isJoined ? parts.parts() : List.of(value);
    BranchInput input =
        new BranchInput(
            source.index,
            List.of(id),
            List.of(),
            given,
            given.stream().map(TypedExpression::type).toList());
    return new EventLabelPlan(
        index,
        label.name(),
        input,
        new EventLabelPlan.Says(value, label.happened(), joined),
        within,
        source.latenessMicros());
  }

  private OptionalLong within(@Nullable Duration within) {
    if (within == null) {
      return OptionalLong.empty();
    }
    if (within.isNegative() || within.isZero() || within.getNano() % 1_000 != 0) {
      error(
          "it waits for " + within + ", which is not a positive number of microseconds",
          "give a positive duration: within(days(30))");
      return OptionalLong.of(1);
    }
    var micros = DurationMicros.of(within);
    if (micros.isEmpty()) {
      error("it waits for " + within + ", more than 292 000 years", "give a shorter duration");
    }
    return OptionalLong.of(micros.orElse(1L));
  }

  private @Nullable LabelPlan ofWindow(Label.FutureWindow<?> label, RequestKeys keys) {
    Keyed<?> key = label.view().key();
    SourceBuilder source = registry.labelSource(label.view().source());
    List<Integer> eventKey = KeyColumns.of(key, source, subject, found::add);
    List<Integer> requestKey = keys.of(key.entity());
    if (registry.known(label.view().source()) == requests) {
      if (requestKey == null) {
        requestKey = KeyColumns.of(key, requests, subject, found::add);
      } else {
        keys.checkAsked(key, false, requests, subject, found::add);
      }
    }
    if (requestKey == null) {
      String entity = key.entity().name();
      error(
          "the request doesn't say which " + entity + " it is about",
          "add .entity(" + entity + ", Request::column) to the feature set");
      requestKey = List.of();
    }
    askedBy = requestKey;
    if (label.view().features().get(0).value().withoutRequest()) {
      error(
          "it excludes the request, which its window can't hold",
          "drop excludingRequest(): a window after the request begins behind its event");
    }
    ViewPlan view =
        new ViewBuilder(label.view(), source, true, found::add)
            .build(index, eventKey, true, requests.latenessMicros());
    view.features().forEach(f -> aggregations.check(subject, f.aggregation(), found::add));
    if (view.features().isEmpty()) {
      return null; // which was reported
    }
    if (view.features().size() > 1) {
      error(
          "it gives " + view.features().size() + " values",
          "let it be one: drop by(...) or asColumns(), and say where(...) for one category");
      return null;
    }
    return new WindowLabelPlan(view, view.features().get(0).window().reachMicros());
  }

  private @Nullable LabelPlan ofColumn(Label.OwnField<?> label) {
    int column = requests.column(label.column(), subject);
    return column < 0
        ? null
        : new ColumnLabelPlan(label.name(), requests.index, column, requests.typeOf(column));
  }

  private void error(String problem, String cure) {
    found.add(new DefinitionError(subject, problem, cure));
  }
}
