package dev.lockstep.cli.demo;

import dev.lockstep.beam.read.HistoryRows;
import dev.lockstep.cli.history.Given;
import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.ExpressionEvaluator;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.project.History;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of a stretch of history with the instants at which they became known: what an operator
 * learns, while a replay goes on, about the scores given before.
 */
final class KnownLabels {

  /**
   * One label.
   *
   * @param value 0 or 1
   */
  record KnownLabel(String requestId, long knownAtMicros, long sequence, float value) {}

  private final List<KnownLabel> inOrder;

  private KnownLabels(List<KnownLabel> inOrder) {
    this.inOrder = inOrder;
  }

  /**
   * Reads the labels that became known from an instant on; where several events name a request, the
   * first in knowledge order counts.
   *
   * @param plan with its label
   * @param leftOut takes the rows that can't be used
   * @throws IOException if nothing is given of the label's source
   */
  static KnownLabels read(FeaturePlan plan, History history, long fromMicros, LeftOut leftOut)
      throws IOException {
    if (!(plan.label().orElse(null) instanceof EventLabelPlan label)) {
      throw new IllegalArgumentException(
          plan.name()
              + " has no label of later events, so none becomes known while a replay goes on");
    }
    if (label.joined() != null) {
      throw new IllegalArgumentException(
          "label "
              + label.name()
              + " reads the request, which a replay doesn't keep: show one of events alone");
    }
    SourcePlan source = plan.sources().get(label.source());
    Map<String, KnownLabel> first = new HashMap<>();
    RowIntake door = RowIntake.of(plan, source);
    ExpressionEvaluator evaluator = new ExpressionEvaluator(label.value());
    HistoryRows.read(
        door,
        Given.of(history, source),
        new HistoryRows.Sink() {
          @Override
          public void row(String file, long row, long recordTimestampMicros, long position) {
            SourceRow admitted;
            try {
              admitted = door.admit(recordTimestampMicros, Math.max(position, 0), 0);
            } catch (DataException e) {
              unreadable(file, row, e);
              return;
            }
            String id = EntityKeys.of(admitted.values(), label.eventKey());
            if (admitted.availableAtMicros() >= fromMicros
                && id != null
                && door.lateness(admitted) == null) {
              add(first, label, evaluator, admitted, id);
            }
          }

          @Override
          public void unreadable(String file, long row, DataException reason) {
            leftOut.add(source.name(), file, row, reason);
          }
        });
    List<KnownLabel> inOrder = new ArrayList<>(first.values());
    inOrder.sort(Comparator.comparingLong(KnownLabel::knownAtMicros));
    return new KnownLabels(inOrder);
  }

  private static void add(
      Map<String, KnownLabel> first,
      EventLabelPlan label,
      ExpressionEvaluator evaluator,
      SourceRow row,
      String id) {
    Values out = new Values(label.resultTypes());
    evaluator.evaluate(row.values(), row.values(), out, 0);
    if (!out.isNull(0)) {
      KnownLabel known =
          new KnownLabel(id, row.availableAtMicros(), row.sequence(), out.asModelInput(0));
      first.merge(id, known, (a, b) -> isBefore(b, a) ? b : a);
    }
  }

  private static boolean isBefore(KnownLabel a, KnownLabel b) {
    return a.knownAtMicros() != b.knownAtMicros()
        ? a.knownAtMicros() < b.knownAtMicros()
        : a.sequence() < b.sequence();
  }

  /** All labels, the first known first. */
  List<KnownLabel> inOrder() {
    return List.copyOf(inOrder);
  }
}
