package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.AskPart;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request is answered by views and tables, as they are defined (C2, C3, C7, C10). */
final class NaiveAnswers {
  private final FeaturePlan plan;

  NaiveAnswers(FeaturePlan plan) {
    this.plan = plan;
  }

  /** What a request is answered, by whichever key it asks. */
  @Nullable Object answer(Ask ask, int slot, SourceRow request, List<SourceRow> events) {
    List<Object> key = key(ask, request, events);
    return plan.branches().get(ask.branch()) instanceof ViewPlan view
        ? aggregate(view, view.features().get(slot), key, request, events)
        : lookup((LookupPlan) plan.branches().get(ask.branch()), slot, key, request, events);
  }

  /** C10: a part of a key may be a field of a table, as that is for the same request. */
  @Nullable List<Object> key(Ask ask, SourceRow request, List<SourceRow> events) {
    List<Object> parts = new ArrayList<>();
    for (AskPart part : ask.key()) {
      Object value =
          part instanceof AskPart.OfLookup of
              ? answer(plan.asks().get(of.ask()), of.slot(), request, events)
              : request.values().get(((AskPart.OfRequest) part).column());
      if (value == null) {
        return null;
      }
      parts.add(text(value));
    }
    return parts;
  }

  /** C2: known by the request, its own event apart. */
  static boolean isKnown(SourceRow event, SourceRow request) {
    return event.availableAtMicros() < request.availableAtMicros()
        || (event.availableAtMicros() == request.availableAtMicros()
            && event.source() == request.source()
            && event.sequence() < request.sequence());
  }

  /** C3, for the key that the request asks by. */
  private @Nullable Object aggregate(
      ViewPlan view,
      ViewPlan.Feature feature,
      @Nullable List<Object> asked,
      SourceRow request,
      List<SourceRow> events) {
    List<SourceRow> known = new ArrayList<>();
    for (SourceRow event : events) {
      boolean own = event == request;
      if (asked != null
          && event.source() == view.source()
          && asked.equals(key(event, view.eventKey()))
          && (own ? !feature.excludingRequest() : isKnown(event, request))) {
        known.add(event);
      }
    }
    return aggregate(view, feature, known, request.eventTimeMicros());
  }

  /** C3, of known events of the entity, as of a time. */
  static @Nullable Object aggregate(
      ViewPlan view, ViewPlan.Feature feature, List<SourceRow> known, long timeMicros) {
    known.sort(windowOrder(view, feature));
    NaiveWindow window = NaiveWindow.asOf(feature.window(), timeMicros);
    List<SourceRow> held = window.of(known);
    List<NaiveAggregates.Row> rows = new ArrayList<>();
    for (SourceRow event : held) {
      List<@Nullable Object> inputs = inputs(view, feature, event);
      if (Boolean.TRUE.equals(satisfies(view, feature, event)) && !inputs.contains(null)) {
        rows.add(new NaiveAggregates.Row(event.eventTimeMicros(), List.copyOf(inputs)));
      }
    }
    Object value = NaiveAggregates.value(feature.aggregation(), feature.inputTypes(), rows, window);
    return value != null || feature.defaultValue() == null
        ? value
        : NaiveExpressions.canonical(feature.defaultValue().value());
  }

  /** The order of a window's events (C3). */
  static Comparator<SourceRow> windowOrder(ViewPlan view, ViewPlan.Feature feature) {
    return NaiveOrder.PLACE.thenComparing(
        (a, b) -> NaiveOrder.compareLists(read(view, feature, a), read(view, feature, b)));
  }

  /** What a feature reads of an event: its inputs, then whether it satisfies its condition. */
  private static List<@Nullable Object> read(
      ViewPlan view, ViewPlan.Feature feature, SourceRow event) {
    List<@Nullable Object> read = inputs(view, feature, event);
    read.add(satisfies(view, feature, event));
    return read;
  }

  static List<@Nullable Object> inputs(ViewPlan view, ViewPlan.Feature feature, SourceRow event) {
    List<@Nullable Object> inputs = new ArrayList<>();
    feature.inputs().forEach(place -> inputs.add(carried(view, place, event)));
    return inputs;
  }

  static @Nullable Object satisfies(ViewPlan view, ViewPlan.Feature feature, SourceRow event) {
    return feature.filter() < 0 ? Boolean.TRUE : carried(view, feature.filter(), event);
  }

  /** What a view's row has at a place: a column of the event, or what an expression gives of it. */
  private static @Nullable Object carried(ViewPlan view, int place, SourceRow event) {
    Values values = event.values();
    int expression = place - view.columns().size();
    return expression < 0
        ? values.get(view.columns().get(place))
        : NaiveExpressions.value(view.predicates().get(expression), values, values);
  }

  /** C10: of versions with equal times the last one counts. */
  private @Nullable Object lookup(
      LookupPlan lookup,
      int slot,
      @Nullable List<Object> asked,
      SourceRow request,
      List<SourceRow> versions) {
    SourcePlan table = plan.sources().get(lookup.source());
    SourceRow best = null;
    for (SourceRow version : versions) {
      if (asked != null
          && version.source() == lookup.source()
          && asked.equals(key(version, lookup.eventKey()))
          && version.eventTimeMicros() <= request.eventTimeMicros()
          && isKnown(version, request)
          && (best == null || compareVersions(table, lookup, version, best) > 0)) {
        best = version;
      }
    }
    return best == null || isDeletion(table, best)
        ? null
        : best.values().get(lookup.columns().get(slot));
  }

  static int compareVersions(SourcePlan table, LookupPlan lookup, SourceRow a, SourceRow b) {
    int by = Long.compare(a.eventTimeMicros(), b.eventTimeMicros());
    by = by != 0 ? by : Long.compare(a.availableAtMicros(), b.availableAtMicros());
    by = by != 0 ? by : Long.compare(a.sequence(), b.sequence());
    by = by != 0 ? by : Boolean.compare(isDeletion(table, a), isDeletion(table, b));
    for (int i = 0; by == 0 && i < lookup.columns().size(); i++) {
      int column = lookup.columns().get(i);
      by = NaiveOrder.compare(a.values().get(column), b.values().get(column));
    }
    return by;
  }

  static boolean isDeletion(SourcePlan table, SourceRow version) {
    return table.deletedColumn() >= 0
        && Boolean.TRUE.equals(version.values().get(table.deletedColumn()));
  }

  /** The parts of a key; null where one of them is, or the request has no such key. */
  static @Nullable List<Object> key(SourceRow row, List<Integer> columns) {
    List<Object> parts = new ArrayList<>();
    for (int column : columns) {
      Object part = row.values().get(column);
      if (part == null) {
        return null;
      }
      // Ids of requests and labels may be text on one side and an integer on the other.
      parts.add(text(part));
    }
    return parts;
  }

  /** C7: the text of a part of a key. */
  private static String text(Object part) {
    // Of what rows hold as an instant only a LocalDate can be a key.
    return part instanceof Instant day
        ? day.atOffset(ZoneOffset.UTC).toLocalDate().toString()
        : part.toString();
  }
}
