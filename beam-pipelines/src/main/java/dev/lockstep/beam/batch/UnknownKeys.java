package dev.lockstep.beam.batch;

import dev.lockstep.plan.Ask;
import dev.lockstep.plan.EntityKeyPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entities that a spine asks about and of which nothing was known whenever it did: neither an
 * event nor a table's version. In several roles an entity counts in each. Not thread-safe.
 */
final class UnknownKeys {
  /** What is counted of a space, key by key of those that it is asked by. */
  private record Asked(String[] names, long[] branches) {}

  private final FeaturePlan plan;
  private final Map<Integer, Asked> bySpace = new HashMap<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private @Nullable KeySpace space;
  private long came;
  private long asked;
  private long known;

  UnknownKeys(FeaturePlan plan) {
    this.plan = plan;
  }

  /** The next key begins. */
  void begin(KeySpace of) {
    space = of;
    came = 0;
    asked = 0;
    known = 0;
  }

  /** A row of the key, in knowledge order. */
  void row(RoutedRow row) {
    came |= row.eventMask;
    asked |= row.requestMask;
    if (row.requestMask != 0 && came != 0 && space != null) {
      long[] branches = of(space).branches;
      for (int k = 0; k < branches.length; k++) {
        known |= (branches[k] & came) != 0 ? row.requestMask & (1L << k) : 0;
      }
    }
  }

  /** All rows of the key have come. */
  void end() {
    long unknown = asked & ~known;
    if (space != null && !space.isLabel() && unknown != 0) {
      String[] names = of(space).names;
      for (int k = 0; k < names.length; k++) {
        if (KeyKernel.isIn(unknown, k)) {
          counts.merge(Tally.of("unknownEntities", names[k]), 1L, Long::sum);
        }
      }
    }
  }

  private Asked of(KeySpace of) {
    return bySpace.computeIfAbsent(of.index(), i -> asked(of));
  }

  private Asked asked(KeySpace of) {
    int keys = of.keys().size();
    Asked made = new Asked(new String[keys], new long[keys]);
    for (int k = 0; k < keys; k++) {
      made.names[k] = name(of, k);
      for (int b = 0; b < of.branches().size(); b++) {
        made.branches[k] |= of.isAsked(b, 1L << k) ? 1L << b : 0;
      }
    }
    return made;
  }

  /** What the request calls an entity by its key; the table's or view's name where it says none. */
  private String name(KeySpace of, int key) {
    Ask asked =
        plan.asks().stream()
            .filter(ask -> ask.key().equals(of.keys().get(key)))
            .filter(ask -> of.placeOf(ask.branch()) >= 0)
            .findFirst()
            .orElseThrow();
    return plan.entities().stream()
        .filter(e -> asked.level() == 0 && e.columns().equals(asked.columns()))
        .map(EntityKeyPlan::entity)
        .findFirst()
        .orElseGet(
            () ->
                plan.branchOf(asked) instanceof LookupPlan lookup
                    ? lookup.table()
                    : plan.branchOf(asked).name());
  }

  Map<String, Long> counts() {
    return counts;
  }
}
