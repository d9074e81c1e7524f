package dev.lockstep.kernel;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.HeldState;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.wire.WireException;
import java.util.List;

/**
 * Carries a view's stored states over to a changed definition of it: its events stay, with the
 * columns that both know.
 *
 * <p>Features that {@link FeaturePlan#diff} calls kept go on at once. Those it calls rebuilt find
 * nulls in the events carried over, or too few events: they are right once their state is
 * bootstrapped from history.
 */
public final class StateMigration {
  private final ViewPlan after;
  private final EntityStateCodec reader;
  private final EntityStateCodec writer;

  /** For each column of the new rows, that of the old rows, or -1. */
  private final int[] source;

  private StateMigration(ViewPlan before, ViewPlan after, int[] source) {
    this.after = after;
    this.reader = new EntityStateCodec(before);
    this.writer = new EntityStateCodec(after);
    this.source = source;
  }

  /**
   * The migration of the view of a name, which both plans have.
   *
   * @throws IllegalArgumentException if one hasn't, the two hold different events, or the old one
   *     was pruned to less than requests may now ask
   */
  public static StateMigration of(FeaturePlan before, FeaturePlan after, String view) {
    ViewPlan old = view(before, view);
    ViewPlan changed = view(after, view);
    HeldState held = new HeldState(before, old);
    HeldState wanted = new HeldState(after, changed);
    if (!held.holdsEventsOf(wanted)) {
      throw new IllegalArgumentException(
          "view "
              + view
              + " changed its source, the source's rules or its key, so its state can't be carried"
              + " over; bootstrap it from history");
    }
    if (!held.isKeptForRequestsOf(wanted)) {
      throw new IllegalArgumentException(
          "view "
              + view
              + " was pruned to requests that are less late than they may be now, so its state"
              + " can't be carried over; bootstrap it from history");
    }
    List<String> columns = held.columnNames();
    return new StateMigration(
        old, changed, wanted.columnNames().stream().mapToInt(columns::indexOf).toArray());
  }

  private static ViewPlan view(FeaturePlan plan, String name) {
    return plan.views().stream()
        .filter(v -> v.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "feature set "
                        + plan.name()
                        + " has no view ["
                        + name
                        + "]; its views are: "
                        + plan.views().stream().map(ViewPlan::name).toList()));
  }

  /**
   * The bytes of a state under the new definition.
   *
   * @throws WireException if they aren't a state under the old one
   */
  public byte[] migrate(byte[] bytes) {
    EntityState old = reader.fromBytes(bytes);
    RowRange held = RowRange.of(old, null, null);
    EventLog events = held.log();
    EventLog into = new EventLog(after.columnTypes());
    for (int row = held.begin(); row < held.end(); row++) {
      into.append(events.eventTime(row), events.availableAt(row), events.sequence(row));
      for (int column = 0; column < source.length; column++) {
        ColumnVector to = into.columns.get(column);
        if (source[column] < 0) {
          to.appendNull();
        } else {
          to.insert(to.size(), events.columns.get(source[column]), row);
        }
      }
    }
    EntityState state = new EntityState(after);
    for (int row = into.begin(); row < into.end(); row++) {
      state.pending.events.insert(into, row); // ties by the values that are left
    }
    state.pending.appendedAll();
    state.restore(
        old.greatestPosition(),
        old.applied(),
        Math.min(old.keptForMicros(), after.keptForMicros()));
    return writer.toBytes(state);
  }
}
