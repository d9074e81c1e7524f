package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.ColumnLabelPlan;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.plan.WindowLabelPlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The label of a request by its definition (L1 to L5): over all events, in big integers. */
final class NaiveLabel {
  private final FeaturePlan plan;
  private final @Nullable LabelPlan label;

  NaiveLabel(FeaturePlan plan) {
    this.plan = plan;
    this.label = plan.label().orElse(null);
  }

  /**
   * The label; null where there is none.
   *
   * @param all the events that are neither late nor copies, whenever they became known
   */
  @Nullable Object value(SourceRow request, List<SourceRow> all) {
    if (label instanceof ColumnLabelPlan own) {
      return request.values().get(own.column());
    }
    if (!(label instanceof Branch branch)) {
      return null;
    }
    List<Object> asked = NaiveAnswers.key(request, plan.labelAsk().orElseThrow().columns());
    if (asked == null) {
      return null;
    }
    List<SourceRow> ofKey = new ArrayList<>();
    for (SourceRow event : all) {
      if (event.source() == branch.source()
          && asked.equals(NaiveAnswers.key(event, branch.eventKey()))) {
        ofKey.add(event);
      }
    }
    return label instanceof WindowLabelPlan window
        ? after(window, request, ofKey)
        : named((EventLabelPlan) label, request, ofKey);
  }

  /** L1, L2. */
  private static @Nullable Object named(
      EventLabelPlan label, SourceRow request, List<SourceRow> events) {
    List<SourceRow> inTime = new ArrayList<>();
    BigInteger from = BigInteger.valueOf(request.eventTimeMicros());
    for (SourceRow event : events) {
      BigInteger time = BigInteger.valueOf(event.eventTimeMicros());
      if (label.withinMicros().isEmpty()
          || (time.compareTo(from) >= 0
              && time.subtract(from).compareTo(BigInteger.valueOf(label.withinMicros().getAsLong()))
                  <= 0)) {
        inTime.add(event);
      }
    }
    if (label.happened()) {
      return inTime.stream()
          .anyMatch(
              event ->
                  Boolean.TRUE.equals(
                      NaiveExpressions.value(label.value(), event.values(), event.values())));
    }
    inTime.sort(
        Comparator.comparingLong(SourceRow::availableAtMicros)
            .thenComparingLong(SourceRow::sequence)
            .thenComparingLong(SourceRow::eventTimeMicros)
            .thenComparing((a, b) -> NaiveOrder.compareLists(given(label, a), given(label, b))));
    return inTime.isEmpty()
        ? null
        : NaiveExpressions.ofLabel(label.value(), inTime.get(0).values(), request.values());
  }

  /** What the event alone gives: the value, or what the value reads of it. */
  private static List<@Nullable Object> given(EventLabelPlan label, SourceRow event) {
    List<@Nullable Object> given = new ArrayList<>();
    for (TypedExpression part : label.predicates()) {
      given.add(NaiveExpressions.value(part, event.values(), event.values()));
    }
    return given;
  }

  /** L3. */
  private static @Nullable Object after(
      WindowLabelPlan label, SourceRow request, List<SourceRow> events) {
    BigInteger start = BigInteger.valueOf(request.eventTimeMicros());
    BigInteger end = start.add(BigInteger.valueOf(label.lengthMicros()));
    if (end.bitLength() > 63) {
      return null;
    }
    List<SourceRow> inside = new ArrayList<>();
    for (SourceRow event : events) {
      BigInteger time = BigInteger.valueOf(event.eventTimeMicros());
      if (start.compareTo(time) < 0 && time.compareTo(end) <= 0) {
        inside.add(event);
      }
    }
    return NaiveAnswers.aggregate(
        label.view(), label.view().features().get(0), inside, end.longValueExact());
  }

  /** L5: see {@link NaiveOracle#horizonMicros}. */
  OptionalLong horizonMicros(List<SourceRow> rows) {
    return label instanceof Branch branch
        ? rows.stream()
            .filter(row -> row.source() == branch.source())
            .mapToLong(SourceRow::availableAtMicros)
            .max()
        : OptionalLong.empty();
  }

  /** L5: the last instant at which something that counts can become known is before the horizon. */
  boolean isMature(SourceRow request, long horizonMicros) {
    Long within = null;
    if (label instanceof WindowLabelPlan window) {
      within = window.lengthMicros();
    } else if (label instanceof EventLabelPlan event && event.withinMicros().isPresent()) {
      within = event.withinMicros().getAsLong();
    }
    if (label == null || within == null) {
      return true;
    }
    SourcePlan source = plan.sources().get(label.source());
    return BigInteger.valueOf(request.eventTimeMicros())
            .add(BigInteger.valueOf(within))
            .add(BigInteger.valueOf(source.latenessMicros()))
            .compareTo(BigInteger.valueOf(horizonMicros))
        < 0;
  }
}
