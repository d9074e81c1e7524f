package dev.lockstep.kernel;

import dev.lockstep.plan.LookupPlan;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one key of a table (C10): of those known by a request and in effect at its event
 * time, the greatest (effective from, available at) answers; a deletion answers with nulls.
 *
 * <p>Of versions with equal times it holds the last one, and none that no answerable request can
 * need any more.
 */
public final class TableState implements BranchState {
  private final LookupPlan lookup;
  private final List<TableVersion> versions = new ArrayList<>();
  private long keptFor = Long.MAX_VALUE;

  public TableState(LookupPlan lookup) {
    this.lookup = lookup;
  }

  /** Takes in a version: a row without values is a deletion; its sequence is its position. */
  @Override
  public void add(BranchRow version) {
    add(
        new TableVersion(
            version.eventTimeMicros(),
            version.availableAtMicros(),
            0,
            version.sequence(),
            version.values()));
  }

  /** Takes in a version; of two with equal times the last one counts. */
  public void add(TableVersion version) {
    int place = versions.size();
    while (place > 0 && TableVersion.TIME.compare(versions.get(place - 1), version) > 0) {
      place--;
    }
    if (place > 0 && TableVersion.TIME.compare(versions.get(place - 1), version) == 0) {
      versions.set(place - 1, TableVersion.last(versions.get(place - 1), version));
    } else if (place > 0 || !olderDropped()) {
      versions.add(place, version);
    }
  }

  /** The versions held, by (effective from, available at). */
  public List<TableVersion> versions() {
    return Collections.unmodifiableList(versions);
  }

  /** Whether versions before the first one were dropped. */
  public boolean olderDropped() {
    return keptFor != Long.MAX_VALUE;
  }

  /**
   * How late a request may be, in microseconds, and find the version that counts: {@link
   * Long#MAX_VALUE} where none was dropped.
   */
  long keptForMicros() {
    return keptFor;
  }

  /** Takes over what a stored state was pruned to. */
  void restore(long keptForMicros) {
    keptFor = keptForMicros;
  }

  @Override
  public void answer(BranchRow request, Values out) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      TableVersion version = versions.get(i);
      if (version.holdsFor(request)) {
        write(version.values(), out);
        return;
      }
    }
    write(null, out);
  }

  private void write(@Nullable Values values, Values out) {
    for (int i = 0; i < lookup.columns().size(); i++) {
      if (values == null) {
        out.setNull(i);
      } else {
        out.copy(i, values, i);
      }
    }
  }

  /** Drops the versions that no request can need whose event time is this or later (C10). */
  @Override
  public void prune(long oldestEventTimeMicros) {
    int first = TableVersion.firstNeeded(versions, oldestEventTimeMicros);
    if (first > 0) {
      versions.subList(0, first).clear();
      keptFor = Math.min(keptFor, lookup.requestLatenessMicros());
    }
  }
}
