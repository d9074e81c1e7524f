package dev.lockstep.plan;

import dev.lockstep.define.DefinitionWarning;
import dev.lockstep.expression.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds features that can see their label.
 *
 * <p>A feature that reads the label's source is sound as long as events become known when they
 * could be. Where the source doesn't say when, and a history carries no arrival times, an event
 * counts from when it happened on, however much later its outcome was known. A source that is the
 * requests' own is no suspect: a request knows its own fields when it asks. A label that is such a
 * field is another matter: it was filled in later.
 */
final class LeakCheck {
  private static final int NAMED_AT_MOST = 5;

  private LeakCheck() {}

  /**
   * @param assumedOnTime whether the history of a source, by name, carries no arrival times
   */
  static List<DefinitionWarning> warnings(FeaturePlan plan, Predicate<String> assumedOnTime) {
    return plan.label()
        .flatMap(
            label ->
                label instanceof ColumnLabelPlan own
                    ? ofOwnColumn(own, plan)
                    : ofSource(label, plan, assumedOnTime))
        .map(List::of)
        .orElse(List.of());
  }

  private static Optional<DefinitionWarning> ofSource(
      LabelPlan label, FeaturePlan plan, Predicate<String> assumedOnTime) {
    SourcePlan source = plan.sources().get(label.source());
    if (source.name().equals(plan.requestSource().name())) {
      return Optional.empty();
    }
    List<String> readers =
        plan.views().stream()
            .filter(view -> plan.sources().get(view.source()).name().equals(source.name()))
            .flatMap(view -> view.features().stream().flatMap(f -> names(plan, view, f)))
            .toList();
    if (readers.isEmpty()) {
      return Optional.empty();
    }
    String what = named(readers) + source.name() + ", the label's source, ";
    if (plan.isAsOfEventTime()) {
      return Optional.of(
          new DefinitionWarning(
              "label " + label.name(),
              what + "as of event time, so features can see the label",
              "compare with what is made of it, and train on the set as known"));
    }
    if (source.availableAtColumn() >= 0 || !assumedOnTime.test(source.name())) {
      return Optional.empty();
    }
    return Optional.of(
        new DefinitionWarning(
            "label " + label.name(),
            what
                + "which names no availability time: in history without arrival times its events"
                + " count as known when they happened"
                + ", so features can see the label",
            "say on source "
                + source.name()
                + " when an event could first be known: .availableAt(Record::instant); if truly"
                + " when it happened, by the event time's own column"));
  }

  private static Optional<DefinitionWarning> ofOwnColumn(ColumnLabelPlan label, FeaturePlan plan) {
    List<String> readers = new ArrayList<>();
    for (ViewPlan view : plan.views()) {
      if (view.source() == label.source()) {
        for (ViewPlan.Feature f : view.features()) {
          boolean reads = f.inputs().stream().anyMatch(i -> reads(view, i, label.column()));
          if (reads || (f.filter() >= 0 && reads(view, f.filter(), label.column()))) {
            names(plan, view, f).forEach(readers::add);
          }
        }
      }
    }
    for (FeatureColumn feature : plan.features()) {
      if (feature.isDerived() && reads(plan.derived().get(feature.slot()), label.column())) {
        readers.add(feature.name());
      }
    }
    if (readers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DefinitionWarning(
            "label " + label.name(),
            named(readers)
                + "request."
                + plan.requestSource().columns().get(label.column()).name()
                + ", the label itself, which isn't known yet when a request asks",
            "drop them, or read outcomes from a source of their own that says when each was"
                + " known"));
  }

  private static boolean reads(ViewPlan view, int place, int column) {
    return place < view.columns().size()
        ? view.columns().get(place) == column
        : reads(view.expressionAt(place), column);
  }

  /** What the vector calls a view's feature, in each role. */
  private static Stream<String> names(FeaturePlan plan, ViewPlan view, ViewPlan.Feature feature) {
    return plan.asksOf(view).stream().map(ask -> ask.featureName(feature.name()));
  }

  private static boolean reads(TypedExpression e, int column) {
    return (e.expression() instanceof Node.Field && e.index() == column)
        || e.operands().stream().anyMatch(o -> reads(o, column));
  }

  private static String named(List<String> features) {
    String rest =
        features.size() > NAMED_AT_MOST
            ? " and " + (features.size() - NAMED_AT_MOST) + " more"
            : "";
    return features.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "))
        + rest
        + (features.size() == 1 ? " reads " : " read ");
  }
}
