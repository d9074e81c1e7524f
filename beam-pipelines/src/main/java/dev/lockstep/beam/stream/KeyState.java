package dev.lockstep.beam.stream;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.TableState;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import org.jspecify.annotations.Nullable;

/** One key's state, read once and written once for all that is done to it. */
final class KeyState {
  private final byte[] elementKey;
  private final Branch branch;
  private final StateCells cells;
  private final StateBytes bytes;
  private final DecodedStates decoded;
  private final byte @Nullable [] stored;
  private final BranchState state;

  KeyState(
      byte[] elementKey, Branch branch, StateCells cells, StateBytes bytes, DecodedStates decoded) {
    this.elementKey = elementKey;
    this.branch = branch;
    this.cells = cells;
    this.bytes = bytes;
    this.decoded = decoded;
    this.stored = cells.value().read();
    BranchState known = decoded.take(elementKey, stored);
    this.state = known != null ? known : bytes.read(stored, cells);
  }

  /** Takes a row in; the answer to a request, null to an event alone. */
  @Nullable Values apply(BranchRow row) {
    if (!row.isRequest()) {
      state.add(row);
      return null;
    }
    Values answer = new Values(branch.resultTypes());
    state.answer(row, answer);
    return answer;
  }

  /**
   * Takes a row's event out.
   *
   * @return false if it isn't there, in a view's key
   */
  boolean retract(BranchRow row) {
    return !row.isEvent() || !(state instanceof EntityState entity) || entity.retract(row);
  }

  /** Takes an event in and out again, which moves a view's mark alone. */
  void takeInAndOut(BranchRow event) {
    state.add(event);
    var unused = retract(event);
  }

  /** Drops what no request can read that becomes available from now on. */
  void prune(long nowMicros) {
    long lateness =
        branch instanceof ViewPlan view
            ? view.requestLatenessMicros()
            : ((LookupPlan) branch).requestLatenessMicros();
    state.prune(Micros.minusSaturating(nowMicros, lateness));
  }

  /** The state of a view's key as it was read; null where there was none. */
  @Nullable EntityState entity() {
    return stored != null && state instanceof EntityState entity ? entity : null;
  }

  /** When the last event of a view's key became available; the beginning of time for none. */
  long lastAvailableMicros() {
    return state instanceof EntityState entity
        ? entity.greatestPosition().availableAtMicros()
        : Long.MIN_VALUE;
  }

  /** Writes what was changed; the end of this. */
  void store() {
    hold(bytes.write(state, cells));
  }

  /** Clears the cells where nothing is left, else writes what was changed; the end of this. */
  boolean storeOrClear() {
    boolean isEmpty =
        state instanceof TableState table
            ? table.versions().isEmpty()
            : state instanceof EntityState entity && entity.isEmpty();
    if (isEmpty) {
      cells.clear();
      return false;
    }
    store();
    return true;
  }

  /** Leaves the cells as they were, since nothing was changed; the end of this. */
  void leave() {
    if (stored != null) {
      hold(stored);
    }
  }

  private void hold(byte[] value) {
    decoded.put(elementKey, value, state, StateBytes.sizeOf(state, value));
  }
}
