package dev.lockstep.kernel;

import dev.lockstep.plan.LookupPlan;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The versions of one key of a table (C10): of those known by a request and in effect at its event
 * time, the greatest (effective from, available at) answers; a deletion answers with nulls.
 */
public final class TableState implements BranchState {
  private static final Comparator<TableVersion> ORDER =
      Comparator.comparingLong(TableVersion::effectiveFromMicros)
          .thenComparingLong(TableVersion::availableAtMicros);

  private final LookupPlan lookup;
  private final List<TableVersion> versions = new ArrayList<>();

  public TableState(LookupPlan lookup) {
    this.lookup = lookup;
  }

  /** Takes in a version: a row without values is a deletion. */
  @Override
  public void add(BranchRow version) {
    add(new TableVersion(version.eventTimeMicros(), version.availableAtMicros(), version.values()));
  }

  /** Takes in a version; of two with equal times a deletion counts, else the greater values. */
  public void add(TableVersion version) {
    int place = versions.size();
    while (place > 0 && ORDER.compare(versions.get(place - 1), version) > 0) {
      place--;
    }
    if (place > 0 && ORDER.compare(versions.get(place - 1), version) == 0) {
      TableVersion same = versions.get(place - 1);
      versions.set(place - 1, TableVersion.greater(same, version));
      return;
    }
    versions.add(place, version);
  }

  /** The versions held, by (effective from, available at). */
  public List<TableVersion> versions() {
    return versions;
  }

  @Override
  public void answer(BranchRow request, Values out) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      TableVersion version = versions.get(i);
      if (version.effectiveFromMicros() <= request.eventTimeMicros()
          && version.availableAtMicros() < request.availableAtMicros()) {
        write(version, out);
        return;
      }
    }
    write(null, out);
  }

  private void write(@org.jspecify.annotations.Nullable TableVersion version, Values out) {
    for (int i = 0; i < lookup.columns().size(); i++) {
      if (version == null || version.values() == null) {
        out.setNull(i);
      } else {
        out.copy(i, version.values(), i);
      }
    }
  }

  /** Nothing is dropped: an older version can be the newest in effect for ever. */
  @Override
  public void prune(long oldestEventTimeMicros) {}
}
