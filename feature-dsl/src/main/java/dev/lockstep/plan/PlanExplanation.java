package dev.lockstep.plan;

import dev.lockstep.define.About;
import dev.lockstep.define.DefinitionWarning;
import dev.lockstep.time.InstantReading;
import dev.lockstep.time.Micros;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan for people to read. */
final class PlanExplanation {
  private final FeaturePlan plan;
  private final StringBuilder text = new StringBuilder();

  private PlanExplanation(FeaturePlan plan) {
    this.plan = plan;
  }

  static String of(FeaturePlan plan) {
    PlanExplanation explanation = new PlanExplanation(plan);
    explanation.write();
    return explanation.text.toString();
  }

  /** What a feature is, in one line. */
  static String describe(FeaturePlan plan, FeatureColumn feature) {
    PlanExplanation explanation = new PlanExplanation(plan);
    if (!feature.isDerived() && plan.branchOf(feature) instanceof ViewPlan view) {
      ViewPlan.Feature of = view.features().get(feature.slot());
      return explanation.aggregate(view, of) + " by " + view.entity();
    }
    return explanation.origin(feature);
  }

  private String aggregate(ViewPlan view, ViewPlan.Feature f) {
    return aggregated(view, f, plan.sources().get(view.source()))
        + " over "
        + WindowText.forPeople(f.window())
        + (f.excludingRequest() ? ", excluding the request" : "")
        + orElse(f);
  }

  private void write() {
    line(
        "feature set %s: %d features for each event of %s, emitted %s%s",
        plan.name(),
        plan.features().size(),
        plan.requestSource().name(),
        plan.emission().name().toLowerCase(Locale.ROOT),
        plan.isAsOfEventTime() ? ", as of event time: for comparison only" : "");
    about("", plan.about().ofSet());
    line("fingerprint %s", plan.fingerprint());
    line("");
    line("sources");
    plan.sources().forEach(this::source);
    for (ViewPlan view : plan.views()) {
      view(view);
    }
    for (LookupPlan lookup : plan.lookups()) {
      line("");
      line(
          "lookup %s by %s: of the versions known by then, the latest in effect",
          lookup.table(), askedBy(plan.asksOf(lookup).get(0)));
    }
    plan.label().ifPresent(this::label);
    line("");
    line("vector");
    for (int i = 0; i < plan.features().size(); i++) {
      FeatureColumn feature = plan.features().get(i);
      line("  %2d  %-28s %-8s %s", i, feature.name(), feature.type(), origin(feature));
      about("      ", plan.about().ofFeature(feature.name()));
    }
    warnings();
  }

  private void label(LabelPlan label) {
    line("");
    line("label %s", LabelText.forPeople(label, plan));
    label
        .maturityMicros()
        .ifPresent(
            maturity ->
                line(
                    "  nothing that counts can come later than %s after the request",
                    duration(maturity)));
  }

  private void warnings() {
    List<DefinitionWarning> warnings = plan.warnings();
    if (!warnings.isEmpty()) {
      line("");
      line("warnings");
      warnings.forEach(w -> line("  %s", w.toString().replace("\n", "\n  ")));
    }
  }

  private void source(SourcePlan s) {
    line(
        "  %s %s (topic %s), reads %s",
        s.table() ? "table" : "source",
        s.name(),
        s.topic(),
        s.columns().stream().map(ColumnPlan::identity).toList());
    if (s.table()) {
      line(
          "      effective from %s, available at %s, deleted %s",
          column(s, s.eventTimeColumn(), "always"),
          column(s, s.availableAtColumn(), "effect"),
          column(s, s.deletedColumn(), "never"));
    } else {
      line(
          "      event time %s, available at %s, sequence %s, id %s, lateness %s",
          column(s, s.eventTimeColumn(), "none"),
          column(s, s.availableAtColumn(), "record timestamp"),
          column(s, s.sequenceColumn(), "partition and offset"),
          column(s, s.idColumn(), "none"),
          duration(s.latenessMicros()));
    }
    instants(s);
    about("      ", plan.about().ofSource(s.name()));
  }

  private void about(String indent, About about) {
    if (!about.isEmpty()) {
      line("%s%s", indent, about);
    }
  }

  private void instants(SourcePlan s) {
    InstantReading instants = s.record().instants();
    if (!instants.equals(InstantReading.DEFAULT)) {
      line(
          "      instants: bare numbers are %s; those without zone are taken as %s",
          instants.unit().name().toLowerCase(Locale.ROOT), instants.zone());
    }
  }

  private void view(ViewPlan view) {
    SourcePlan source = plan.sources().get(view.source());
    line("");
    line(
        "view %s over %s by %s (%s), asked by %s",
        view.name(),
        source.name(),
        view.entity(),
        keyText(source.columns(), view.eventKey()),
        plan.asksOf(view).stream().map(this::askedBy).collect(Collectors.joining(", by ")));
    about("  ", plan.about().ofView(view.name()));
    for (ViewPlan.Feature f : view.features()) {
      line("  %-32s %-8s %s", f.name(), f.resultType(), aggregate(view, f));
    }
    line("  state: %s, fingerprint %s", held(view), view.fingerprint().substring(0, 16));
  }

  private String askedBy(Ask ask) {
    if (ask.level() > 0) {
      return ask.key().stream()
          .map(part -> PlanText.partText(plan, part, ColumnPlan::identity))
          .collect(Collectors.joining(", "));
    }
    return "request."
        + keyText(plan.requestSource().columns(), ask.columns())
        + (ask.hasRole() ? " as " + ask.role() : "");
  }

  static String orElse(ViewPlan.Feature f) {
    return f.defaultValue() == null ? "" : ", else " + ExpressionText.literal(f.defaultValue());
  }

  static String aggregated(ViewPlan view, ViewPlan.Feature f, SourcePlan source) {
    return f.aggregation().name()
        + "("
        + f.inputs().stream()
            .map(i -> input(view, i, source.columns()))
            .collect(Collectors.joining(","))
        + ")"
        + where(view, f, source);
  }

  private static String input(ViewPlan view, int place, List<ColumnPlan> columns) {
    return place < view.columns().size()
        ? columns.get(view.columns().get(place)).identity()
        : ExpressionText.of(view.expressionAt(place), columns, "");
  }

  private static String where(ViewPlan view, ViewPlan.Feature f, SourcePlan source) {
    return f.filter() < 0
        ? ""
        : " where " + ExpressionText.of(view.expressionAt(f.filter()), source.columns(), "");
  }

  /** What a view keeps of an entity's events. */
  private static String held(ViewPlan view) {
    if (view.isLifetime()) {
      return "all events";
    }
    String events =
        "events of the last "
            + duration(Micros.plusSaturating(view.reachMicros(), view.requestLatenessMicros()));
    return view.mostNewest() == 0
        ? events
        : events
            + ", and the newest "
            + view.mostNewest()
            + " before "
            + duration(view.sourceLatenessMicros())
            + " ago";
  }

  private String origin(FeatureColumn feature) {
    if (feature.isDerived()) {
      return ExpressionText.of(plan.derived().get(feature.slot()), plan.requestSource().columns());
    }
    Ask ask = plan.asks().get(feature.ask());
    Branch branch = plan.branchOf(ask);
    return branch instanceof LookupPlan lookup
        ? "table "
            + lookup.table()
            + "."
            + plan.sources()
                .get(lookup.source())
                .columns()
                .get(lookup.columns().get(feature.slot()))
                .identity()
        : "view " + plan.nameOf(ask);
  }

  /** Columns by their names. */
  static String keyText(List<ColumnPlan> columns, List<Integer> indexes) {
    return indexes.stream().map(i -> columns.get(i).identity()).collect(Collectors.joining(","));
  }

  private static String column(SourcePlan s, int column, String otherwise) {
    return column < 0 ? otherwise : s.columns().get(column).identity();
  }

  private static String duration(long micros) {
    return WindowText.duration(micros);
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
