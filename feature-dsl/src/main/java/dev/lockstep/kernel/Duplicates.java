package dev.lockstep.kernel;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which copies of one id are events (C9): the only such rule, on every path.
 *
 * <p>In knowledge order the first copy is the event; a copy that became available within the
 * source's lateness of the last event is a duplicate; a later one is an event of its own, since ids
 * are held no longer than that.
 */
public final class Duplicates {
  private static final Comparator<SourceRow> PLACE =
      Comparator.comparingLong(SourceRow::availableAtMicros)
          .thenComparingLong(SourceRow::sequence)
          .thenComparingLong(SourceRow::eventTimeMicros);

  private Duplicates() {}

  /**
   * Knowledge order of a source's rows; copies of one place by the columns that are read, in an
   * order that is the source's and not the plan's ({@link SourcePlan#copyOrder}).
   */
  public static Comparator<SourceRow> order(SourcePlan source) {
    List<Integer> columns = source.copyOrder();
    return PLACE.thenComparing((a, b) -> ValueOrder.compare(a.values(), b.values(), columns));
  }

  /**
   * Knowledge order of the rows of all sources; of one place, of their sources as the plan has
   * them.
   */
  public static Comparator<SourceRow> knowledgeOrder(FeaturePlan plan) {
    List<Comparator<SourceRow>> orders = plan.sources().stream().map(Duplicates::order).toList();
    return Comparator.comparingLong(SourceRow::availableAtMicros)
        .thenComparingLong(SourceRow::sequence)
        .thenComparingInt(SourceRow::source)
        .thenComparing((a, b) -> orders.get(a.source()).compare(a, b));
  }

  /** The copies that are events, of copies of one id in {@link #order}. */
  public static List<SourceRow> events(List<SourceRow> copiesInOrder, long latenessMicros) {
    return events(copiesInOrder, latenessMicros, null);
  }

  /**
   * As {@link #events(List, long)}, of an id that was seen before.
   *
   * @param seenAvailableAtMicros when its last event before these became available; null for none
   */
  public static List<SourceRow> events(
      List<SourceRow> copiesInOrder, long latenessMicros, @Nullable Long seenAvailableAtMicros) {
    List<SourceRow> events = new ArrayList<>(1);
    Long last = seenAvailableAtMicros;
    for (SourceRow copy : copiesInOrder) {
      if (last == null || isNewEvent(copy.availableAtMicros(), last, latenessMicros)) {
        events.add(copy);
        last = copy.availableAtMicros();
      }
    }
    return events;
  }

  /** Whether a copy that became available at a time is an event, given the last event of its id. */
  public static boolean isNewEvent(
      long availableAtMicros, long lastEventAvailableAtMicros, long latenessMicros) {
    return dev.lockstep.time.Micros.minusSaturating(availableAtMicros, lastEventAvailableAtMicros)
        > latenessMicros;
  }

  /** Whether two copies differ in more than when they became known. */
  public static boolean differInContent(SourcePlan source, SourceRow a, SourceRow b) {
    for (int c = 0; c < source.columns().size(); c++) {
      boolean arrival = c == source.availableAtColumn() || c == source.sequenceColumn();
      if (!arrival && !Objects.equals(a.values().get(c), b.values().get(c))) {
        return true;
      }
    }
    return a.eventTimeMicros() != b.eventTimeMicros();
  }
}
