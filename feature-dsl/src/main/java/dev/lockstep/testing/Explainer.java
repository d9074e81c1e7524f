package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.AskPart;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Shown;
import dev.lockstep.value.Values;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says why each record that was sent to a {@link TestBench} counts for a feature, or doesn't. */
final class Explainer {
  private final FeaturePlan plan;
  private final List<BenchRow> sent;
  private final SourceRow request;

  /** By place among the usable rows. */
  private final boolean[] copies;

  private final List<SourceRow> usable;
  private final NaiveAnswers answers;

  /** The usable rows that are no copies. */
  private final List<SourceRow> events = new ArrayList<>();

  Explainer(
      FeaturePlan plan,
      List<BenchRow> sent,
      SourceRow request,
      boolean[] copies,
      List<SourceRow> usable) {
    this.plan = plan;
    this.sent = List.copyOf(sent);
    this.request = request;
    this.copies = copies;
    this.usable = List.copyOf(usable);
    this.answers = new NaiveAnswers(plan);
    for (int i = 0; i < usable.size(); i++) {
      if (!copies[i]) {
        events.add(usable.get(i));
      }
    }
  }

  Explanation explain(int index, Values values) {
    int beside = index - plan.features().size();
    FeatureColumn feature = beside < 0 ? plan.features().get(index) : plan.unseen().get(beside);
    List<Explanation> parts = new ArrayList<>();
    List<Explanation.Row> rows = List.of();
    String asked = "";
    if (feature.isDerived()) {
      for (int read : read(plan.derived().get(feature.slot()))) {
        parts.add(explain(read, values));
      }
    } else {
      Ask ask = plan.asks().get(feature.ask());
      rows =
          plan.branches().get(ask.branch()) instanceof ViewPlan view
              ? ofView(view, view.features().get(feature.slot()), ask)
              : ofTable((LookupPlan) plan.branches().get(ask.branch()), feature.slot(), ask);
      asked =
          "; asked for "
              + keyText(ask)
              + ", happened "
              + instant(request.eventTimeMicros())
              + ", known "
              + instant(request.availableAtMicros());
    }
    if (beside >= 0) {
      Ask ask = plan.asks().get(feature.ask());
      Object value = answers.answer(ask, feature.slot(), request, events);
      String what = "a field that the expression looks up";
      return new Explanation(feature.name(), value, what, asked, rows, parts);
    }
    return new Explanation(
        feature.name(), values.get(index), plan.describe(index), asked, rows, parts);
  }

  /** The places of the features that an expression reads. */
  private static List<Integer> read(TypedExpression e) {
    if (e.isFeature()) {
      return List.of(e.index());
    }
    return e.operands().stream().flatMap(o -> read(o).stream()).distinct().toList();
  }

  private List<Explanation.Row> ofView(ViewPlan view, ViewPlan.Feature feature, Ask ask) {
    List<SourceRow> known = new ArrayList<>();
    for (int i = 0; i < usable.size(); i++) {
      if (!copies[i] && beforeTheWindow(view, feature, ask, usable.get(i)).isEmpty()) {
        known.add(usable.get(i));
      }
    }
    known.sort(NaiveAnswers.windowOrder(view, feature));
    NaiveWindow window = NaiveWindow.asOf(feature.window(), request.eventTimeMicros());
    List<SourceRow> held = window.of(known);
    List<Explanation.Row> rows = new ArrayList<>();
    for (BenchRow row : ofSource(view.source())) {
      SourceRow event = row.defined();
      if (event == null || !row.isUsable()) {
        rows.add(refused(row));
        continue;
      }
      String why = whyNoEvent(event);
      why = why.isEmpty() ? beforeTheWindow(view, feature, ask, event) : why;
      why = why.isEmpty() && !isAmong(held, event) ? outside(window, event) : why;
      why = why.isEmpty() ? afterTheWindow(view, feature, event) : why;
      rows.add(row(row, event, readText(view, feature, event), why));
    }
    return rows;
  }

  private List<BenchRow> ofSource(int source) {
    return sent.stream().filter(row -> row.event().source() == source).toList();
  }

  private static boolean isAmong(List<SourceRow> rows, SourceRow row) {
    return rows.stream().anyMatch(other -> other == row);
  }

  private static Explanation.Row refused(BenchRow row) {
    return new Explanation.Row(
        row.event().value(), false, null, null, "", "refused: " + row.refusal());
  }

  private static Explanation.Row row(BenchRow row, SourceRow event, String read, String why) {
    return new Explanation.Row(
        row.event().value(),
        why.isEmpty(),
        event.eventTimeMicros() == Long.MIN_VALUE ? null : instant(event.eventTimeMicros()),
        instant(event.availableAtMicros()),
        read,
        why);
  }

  private String whyNoEvent(SourceRow event) {
    for (int i = 0; i < usable.size(); i++) {
      if (usable.get(i) == event && copies[i]) {
        return "a copy of id " + event.id();
      }
    }
    return "";
  }

  /** Why an event is none that the request may know of its entity; empty where it is one. */
  private String beforeTheWindow(
      ViewPlan view, ViewPlan.Feature feature, Ask ask, SourceRow event) {
    if (event.source() != view.source()) {
      return "of another source";
    }
    List<Object> key = NaiveAnswers.key(event, view.eventKey());
    List<Object> asked = NaiveAnswers.key(request, ask.columns());
    if (asked == null) {
      return "the request has no " + view.entity();
    }
    if (!asked.equals(key)) {
      return key == null
          ? "it has no " + view.entity()
          : "of another " + view.entity() + ", " + keyText(key);
    }
    if (event == request) {
      return feature.excludingRequest() ? "the request's own event, which is excluded" : "";
    }
    return NaiveAnswers.isKnown(event, request)
        ? ""
        : "known " + instant(event.availableAtMicros()) + ", which isn't before the request";
  }

  private static String outside(NaiveWindow window, SourceRow event) {
    BigInteger time = BigInteger.valueOf(event.eventTimeMicros());
    if (time.compareTo(window.through()) > 0) {
      return "it happened after the window's end, " + instant(window.through());
    }
    if (time.compareTo(window.after()) <= 0) {
      return "the window begins after " + instant(window.after());
    }
    return "not among the newest that the window holds";
  }

  /** Why an event of the window takes no part (C3, C7); empty where it does. */
  private String afterTheWindow(ViewPlan view, ViewPlan.Feature feature, SourceRow event) {
    Object satisfied = NaiveAnswers.satisfies(view, feature, event);
    if (!Boolean.TRUE.equals(satisfied)) {
      return "its condition is " + satisfied;
    }
    return NaiveAnswers.inputs(view, feature, event).contains(null) ? "what is read is null" : "";
  }

  private String readText(ViewPlan view, ViewPlan.Feature feature, SourceRow event) {
    SourcePlan source = plan.sources().get(view.source());
    List<@Nullable Object> inputs = NaiveAnswers.inputs(view, feature, event);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int input = feature.inputs().get(i);
      texts.add(readText(source, view.columns().get(input), inputs.get(i)));
    }
    return String.join(", ", texts);
  }

  private static String readText(SourcePlan source, int column, @Nullable Object value) {
    return source.columns().get(column).name()
        + "="
        + (source.isSensitive(column) ? "(sensitive)" : Shown.value(value));
  }

  private List<Explanation.Row> ofTable(LookupPlan lookup, int slot, Ask ask) {
    SourcePlan table = plan.sources().get(lookup.source());
    SourceRow best = null;
    for (SourceRow version : usable) {
      if (whyNoVersion(lookup, ask, version).isEmpty()
          && (best == null || NaiveAnswers.compareVersions(table, lookup, version, best) > 0)) {
        best = version;
      }
    }
    List<Explanation.Row> rows = new ArrayList<>();
    for (BenchRow row : ofSource(lookup.source())) {
      SourceRow version = row.defined();
      if (version == null || !row.isUsable()) {
        rows.add(refused(row));
        continue;
      }
      String why = whyNoVersion(lookup, ask, version);
      why = why.isEmpty() && version != best ? "a later version counts" : why;
      why = why.isEmpty() && NaiveAnswers.isDeletion(table, version) ? "it is a deletion" : why;
      int column = lookup.columns().get(slot);
      rows.add(row(row, version, readText(table, column, version.values().get(column)), why));
    }
    return rows;
  }

  private String whyNoVersion(LookupPlan lookup, Ask ask, SourceRow version) {
    if (version.source() != lookup.source()) {
      return "of another table";
    }
    List<Object> asked = answers.key(ask, request, events);
    List<Object> key = NaiveAnswers.key(version, lookup.eventKey());
    if (asked == null || !asked.equals(key)) {
      return asked == null
          ? "the request has no key"
          : "of " + keyText(Objects.requireNonNull(key));
    }
    if (version.eventTimeMicros() > request.eventTimeMicros()) {
      return "in effect from " + instant(version.eventTimeMicros()) + ", after the request";
    }
    return NaiveAnswers.isKnown(version, request)
        ? ""
        : "known " + instant(version.availableAtMicros()) + ", which isn't before the request";
  }

  /** The key by which a request asks, but for what is sensitive. */
  private String keyText(Ask ask) {
    List<String> texts = new ArrayList<>();
    for (AskPart part : ask.key()) {
      if (part instanceof AskPart.OfRequest of) {
        texts.add(requested(of.column()));
      } else {
        AskPart.OfLookup of = (AskPart.OfLookup) part;
        Ask by = plan.asks().get(of.ask());
        LookupPlan lookup = (LookupPlan) plan.branchOf(by);
        boolean hidden =
            plan.sources().get(lookup.source()).isSensitive(lookup.columns().get(of.slot()));
        texts.add(
            hidden ? "(sensitive)" : Shown.value(answers.answer(by, of.slot(), request, events)));
      }
    }
    return String.join("|", texts);
  }

  private String keyText(List<?> columnsOrParts) {
    List<String> texts = new ArrayList<>();
    for (Object part : columnsOrParts) {
      texts.add(part instanceof Integer c ? requested(c) : Shown.value(part));
    }
    return String.join("|", texts);
  }

  private String requested(int column) {
    SourcePlan source = plan.requestSource();
    return source.isSensitive(column) ? "(sensitive)" : Shown.value(request.values().get(column));
  }

  private static Instant instant(long micros) {
    return Micros.toInstant(micros);
  }

  private static String instant(BigInteger micros) {
    return micros.bitLength() > 63 ? "ever" : instant(micros.longValueExact()).toString();
  }
}
