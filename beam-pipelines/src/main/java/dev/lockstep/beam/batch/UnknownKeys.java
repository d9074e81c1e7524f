package dev.lockstep.beam.batch;

import dev.lockstep.plan.EntityKeyPlan;
import dev.lockstep.plan.FeaturePlan;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entities that a spine asks about and of which nothing was known whenever it did: neither an
 * event nor a table's version. Not thread-safe.
 */
final class UnknownKeys {
  private final FeaturePlan plan;
  private final Map<String, Long> counts = new TreeMap<>();
  private @Nullable KeySpace space;
  private boolean came;
  private boolean asked;
  private boolean known;

  UnknownKeys(FeaturePlan plan) {
    this.plan = plan;
  }

  /** The next key begins. */
  void begin(KeySpace of) {
    space = of;
    came = false;
    asked = false;
    known = false;
  }

  /** A row of the key, in knowledge order. */
  void row(RoutedRow row) {
    came |= row.eventMask != 0;
    if (row.requestMask != 0) {
      asked = true;
      known |= came;
    }
  }

  /** All rows of the key have come. */
  void end() {
    if (space != null && !space.isLabel() && asked && !known) {
      counts.merge(Tally.of("unknownEntities", entity(space)), 1L, Long::sum);
    }
  }

  /** What the request calls the entity of a space; the first branch's name where it says none. */
  private String entity(KeySpace of) {
    return plan.entities().stream()
        .filter(e -> e.columns().equals(of.requestKey()))
        .map(EntityKeyPlan::entity)
        .findFirst()
        .orElse(of.branches().get(0).name());
  }

  Map<String, Long> counts() {
    return counts;
  }
}
