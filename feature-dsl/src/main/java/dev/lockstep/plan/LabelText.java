package dev.lockstep.plan;

import dev.lockstep.expression.Node;
import java.util.List;

/** A label as text. */
final class LabelText {
  private LabelText() {}

  /** In one line, with the rules of its source and every number in microseconds. */
  static String canonical(LabelPlan label, FeaturePlan plan) {
    String named = "label " + label.name() + " " + label.type() + " ";
    SourcePlan source = plan.sources().get(label.source());
    if (label instanceof ColumnLabelPlan own) {
      return named + "from request." + PlanText.name(plan.requestSource().columns(), own.column());
    }
    String rules = "; " + PlanText.rules(source).strip();
    if (label instanceof WindowLabelPlan window) {
      ViewPlan.Feature f = window.view().features().get(0);
      return named
          + PlanText.aggregated(window.view(), f, source.columns())
          + " next "
          + window.lengthMicros()
          + PlanText.orElse(f)
          + PlanText.where(window.view(), f, source.columns())
          + " by "
          + PlanText.keyText(source.columns(), window.eventKey())
          + " asked by "
          + PlanText.keyText(plan.requestSource().columns(), askedBy(plan))
          + rules;
    }
    EventLabelPlan event = (EventLabelPlan) label;
    return named
        + (event.happened() ? "any " : "first ")
        + ExpressionText.canonical(event.value(), source.columns(), plan.requestSource().columns())
        + " of "
        + ExpressionText.inputTypes(event.value())
        + " on "
        + PlanText.keyText(source.columns(), event.eventKey())
        + (event.withinMicros().isPresent() ? " within " + event.withinMicros().getAsLong() : "")
        + rules;
  }

  /** As a sentence. */
  static String forPeople(LabelPlan label, FeaturePlan plan) {
    SourcePlan source = plan.sources().get(label.source());
    if (label instanceof ColumnLabelPlan own) {
      return label.name() + ": " + requestColumn(own, plan);
    }
    if (label instanceof WindowLabelPlan window) {
      ViewPlan.Feature f = window.view().features().get(0);
      return label.name()
          + " from "
          + source.name()
          + " by "
          + PlanExplanation.keyText(source.columns(), window.eventKey())
          + ", asked by "
          + "request."
          + PlanExplanation.keyText(plan.requestSource().columns(), askedBy(plan))
          + ": "
          + PlanExplanation.aggregated(window.view(), f, source)
          + " over next("
          + WindowText.duration(window.lengthMicros())
          + ")"
          + PlanExplanation.orElse(f);
    }
    EventLabelPlan event = (EventLabelPlan) label;
    return label.name()
        + " from "
        + source.name()
        + (event.withinMicros().isPresent()
            ? " within " + WindowText.duration(event.withinMicros().getAsLong())
            : "")
        + ": "
        + value(event, plan);
  }

  private static String value(EventLabelPlan event, FeaturePlan plan) {
    List<ColumnPlan> columns = plan.sources().get(event.source()).columns();
    String text = ExpressionText.of(event.value(), columns, plan.requestSource().columns());
    if (!event.happened()) {
      return text;
    }
    boolean isAny = event.value().expression() instanceof Node.Literal;
    return "whether one came" + (isAny ? "" : " with " + text);
  }

  private static List<Integer> askedBy(FeaturePlan plan) {
    return plan.labelAsk().orElseThrow().columns();
  }

  private static String requestColumn(ColumnLabelPlan label, FeaturePlan plan) {
    return "request." + plan.requestSource().columns().get(label.column()).identity();
  }
}
