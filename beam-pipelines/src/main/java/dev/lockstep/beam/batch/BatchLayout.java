package dev.lockstep.beam.batch;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of a plan travel in batch: its key spaces, and what each source's rows carry to
 * each.
 */
final class BatchLayout {
  private final FeaturePlan plan;
  private final List<KeySpace> spaces;
  private final List<RowLayout> layouts = new ArrayList<>();
  private final int[][] bySpaceAndSource;

  BatchLayout(FeaturePlan plan) {
    this.plan = plan;
    this.spaces = KeySpace.of(plan);
    this.bySpaceAndSource = new int[spaces.size()][plan.sources().size()];
    for (KeySpace space : spaces) {
      for (SourcePlan source : plan.sources()) {
        bySpaceAndSource[space.index()][source.index()] = layouts.size();
        boolean carriesRequests = isOneSpace() && source.index() == plan.requestSource().index();
        layouts.add(new RowLayout(layouts.size(), plan, space, source, carriesRequests));
      }
    }
  }

  FeaturePlan plan() {
    return plan;
  }

  List<KeySpace> spaces() {
    return spaces;
  }

  /** All layouts, by index. */
  List<RowLayout> layouts() {
    return layouts;
  }

  /**
   * Whether all branches are asked by one key: then its shard has the whole vector, and no answer
   * travels back. Where one view is asked in two roles, there are two. A label alone is asked by it
   * and answers last, so that its requests are elsewhere then.
   */
  boolean isOneSpace() {
    return spaces.size() == 1 && spaces.get(0).keys().size() <= 1 && !spaces.get(0).isLabel();
  }

  RowLayout layout(KeySpace space, int source) {
    return layouts.get(bySpaceAndSource[space.index()][source]);
  }

  /** The space of a branch. */
  KeySpace spaceOf(int branchIndex) {
    return spaces.stream()
        .filter(s -> s.placeOf(branchIndex) >= 0)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no branch " + branchIndex));
  }
}
