package dev.lockstep.plan;

import dev.lockstep.time.InstantReading;
import dev.lockstep.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The canonical text of a plan: everything that can change a value, one rule a line (C14).
 *
 * <p>What can't change a value is left out: topics, labels, and which columns happen to be read of
 * a source without an id.
 */
final class PlanText {
  private static final String VERSION = "lockstep plan 1";

  /** Of a set, and of its sources and tables, since views have fingerprints of their own. */
  private static final String AS_OF_EVENT_TIME = " as of event time";

  private PlanText() {}

  static String of(FeaturePlan plan) {
    StringBuilder text = new StringBuilder(VERSION).append('\n');
    line(
        text,
        "set",
        plan.name(),
        "requests",
        plan.requestSource().name(),
        "emit",
        plan.emission() + (plan.isAsOfEventTime() ? AS_OF_EVENT_TIME : ""));
    text.append(rules(plan.requestSource()));
    for (ViewPlan view : plan.views()) {
      SourcePlan source = plan.sources().get(view.source());
      text.append(ofView(view, source.columns(), rules(source)));
      for (Ask ask : plan.asksOf(view)) {
        line(text, "  asked by", askedBy(plan, ask));
      }
    }
    for (LookupPlan lookup : plan.lookups()) {
      SourcePlan table = plan.sources().get(lookup.source());
      line(
          text,
          "lookup",
          lookup.table(),
          "by",
          keyText(table.columns(), lookup.eventKey()),
          "asked by",
          askedBy(plan, plan.asksOf(lookup).get(0)),
          "fields",
          keyText(table.columns(), lookup.columns()));
      text.append(rules(table));
    }
    for (FeatureColumn feature : plan.features()) {
      line(
          text,
          "feature",
          feature.name(),
          feature.type(),
          "from",
          feature.isDerived()
              ? derived(plan, plan.derived().get(feature.slot()))
              : taken(plan, plan.asks().get(feature.ask()), feature.slot()));
    }
    return text.toString();
  }

  private static String askedBy(FeaturePlan plan, Ask ask) {
    return keyText(plan, ask) + (ask.hasRole() ? " as " + ask.role() : "");
  }

  /** A key of the request's columns, or with fields of other lookups, by their tables and keys. */
  private static String keyText(FeaturePlan plan, Ask ask) {
    if (ask.level() == 0) {
      return keyText(plan.requestSource().columns(), ask.columns());
    }
    return ask.key().stream()
        .map(part -> partText(plan, part, ColumnPlan::text))
        .collect(Collectors.joining(","));
  }

  /** A part of a key, as expressions write it. */
  static String partText(FeaturePlan plan, AskPart part, Function<ColumnPlan, String> named) {
    if (part instanceof AskPart.OfRequest of) {
      return "request." + named.apply(plan.requestSource().columns().get(of.column()));
    }
    AskPart.OfLookup of = (AskPart.OfLookup) part;
    Ask ask = plan.asks().get(of.ask());
    LookupPlan lookup = (LookupPlan) plan.branchOf(ask);
    return ask.key().stream()
        .map(p -> partText(plan, p, named))
        .collect(
            Collectors.joining(
                ",",
                lookup.table() + "(",
                ")."
                    + named.apply(
                        plan.sources()
                            .get(lookup.source())
                            .columns()
                            .get(lookup.columns().get(of.slot())))));
  }

  /** A value's place in an answer. */
  private static String taken(FeaturePlan plan, Ask ask, int slot) {
    return plan.branchOf(ask).name()
        + "["
        + slot
        + "]"
        + (ask.hasRole() ? " as " + ask.role() : "");
  }

  /** With the types of what it reads: a column's change from integer to double changes values. */
  private static String derived(FeaturePlan plan, TypedExpression expression) {
    return ExpressionText.canonical(expression, plan.requestSource().columns(), "request.")
        + " of "
        + ExpressionText.inputTypes(expression);
  }

  static String ofView(ViewPlan view, List<ColumnPlan> columns, String sourceRules) {
    StringBuilder text = new StringBuilder(sourceRules);
    line(
        text,
        "view",
        view.name(),
        "entity",
        view.entity(),
        "by",
        keyText(columns, view.eventKey()));
    for (ViewPlan.Feature f : view.features()) {
      line(
          text,
          "  " + f.name(),
          "=",
          aggregated(view, f, columns),
          "->",
          f.resultType(),
          WindowText.canonical(f.window()) + where(view, f, columns),
          (f.excludingRequest() ? "excluding request" : "including request") + orElse(f));
    }
    return text.toString();
  }

  static String orElse(ViewPlan.Feature f) {
    return f.defaultValue() == null ? "" : " orElse " + ExpressionText.literal(f.defaultValue());
  }

  /** What a feature aggregates, with the types of what it reads. */
  static String aggregated(ViewPlan view, ViewPlan.Feature f, List<ColumnPlan> columns) {
    return OwnAggregations.identity(f.aggregation())
        + "("
        + f.inputs().stream().map(i -> input(view, i, columns)).collect(Collectors.joining(","))
        + ") "
        + inputTypes(f);
  }

  private static String input(ViewPlan view, int place, List<ColumnPlan> columns) {
    return place < view.columns().size()
        ? name(columns, view.columns().get(place))
        : conditionText(view.expressionAt(place), columns);
  }

  private static String inputTypes(ViewPlan.Feature f) {
    return f.inputTypes().isEmpty()
        ? ValueType.LONG.name()
        : f.inputTypes().stream().map(ValueType::name).collect(Collectors.joining(","));
  }

  /** The condition of a feature's events, with the types of what it reads; empty for none. */
  static String where(ViewPlan view, ViewPlan.Feature f, List<ColumnPlan> columns) {
    if (f.filter() < 0) {
      return "";
    }
    return " where " + conditionText(view.expressionAt(f.filter()), columns);
  }

  /** A condition on events, with the types of what it reads. */
  static String conditionText(TypedExpression predicate, List<ColumnPlan> columns) {
    return ExpressionText.canonical(predicate, columns, "")
        + " of "
        + ExpressionText.inputTypes(predicate);
  }

  static String rules(SourcePlan s) {
    return s.idColumn() < 0
        ? ownRules(s)
        : ownRules(s).stripTrailing() + " copies by " + s.copies().text(s.columns()) + "\n";
  }

  /** The rules of a source but for what tells its copies apart. */
  static String ownRules(SourcePlan s) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        s.table() ? "table" : "source",
        s.name(),
        "id",
        name(s.columns(), s.idColumn()),
        "event_time",
        name(s.columns(), s.eventTimeColumn()),
        "available_at",
        name(s.columns(), s.availableAtColumn()),
        "sequence",
        name(s.columns(), s.sequenceColumn()),
        "deleted",
        name(s.columns(), s.deletedColumn()),
        "lateness",
        s.latenessMicros(),
        "clock_skew",
        s.clockSkewMicros()
            + (s.asOfEventTime() ? AS_OF_EVENT_TIME : ahead(s.times()))
            + rules(s.record()));
    return text.toString();
  }

  /** What isn't declared bounds nothing; what event times decide (C16) has no record timestamps. */
  private static String ahead(TimeRules times) {
    long ahead = times.availableAheadMicros();
    return ahead == Long.MAX_VALUE ? "" : " available_ahead " + ahead;
  }

  /** What a source declares of its records, where it isn't what holds for all (C1, C17). */
  private static String rules(RecordReading record) {
    RecordSchema schema = record.schema();
    String instants =
        record.instants().equals(InstantReading.DEFAULT) ? "" : " instants " + record.instants();
    if (!schema.hasOwnCode()) {
      return instants;
    }
    String components =
        schema.components().stream()
            .map(c -> c.name() + ":" + c.width())
            .collect(Collectors.joining(","));
    return instants + " record code v" + schema.codeVersion().orElse(0) + " of " + components;
  }

  static String rules(SourceBuilder b) {
    return b.schema == null ? "" : rules(b.build());
  }

  static String name(List<ColumnPlan> columns, int column) {
    return column < 0 ? "-" : columns.get(column).text();
  }

  static String keyText(List<ColumnPlan> columns, List<Integer> indexes) {
    return indexes.stream().map(i -> name(columns, i)).collect(Collectors.joining(","));
  }

  private static void line(StringBuilder text, Object... words) {
    for (int i = 0; i < words.length; i++) {
      text.append(i == 0 ? "" : " ").append(words[i]);
    }
    text.append('\n');
  }

  static String fingerprint(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
