package dev.lockstep.beam.batch;

import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The branches that a request asks by the same columns: their keys are one, so that what they read
 * and answer travels together.
 *
 * @param index place among the plan's spaces
 * @param requestKey the key's columns in the request's source
 * @param branches in the plan's order
 */
public record KeySpace(int index, List<Integer> requestKey, List<Branch> branches) {
  public KeySpace {
    requestKey = List.copyOf(requestKey);
    branches = List.copyOf(branches);
  }

  /**
   * The spaces of a plan; a label has one of its own, since it reads what isn't known yet. Where
   * nothing is asked, one without a key, so that requests have where to go.
   */
  public static List<KeySpace> of(FeaturePlan plan) {
    List<List<Branch>> groups = new ArrayList<>();
    for (Branch branch : plan.branches()) {
      groups.stream()
          .filter(g -> belongs(branch, g.get(0)))
          .findFirst()
          .ifPresentOrElse(g -> g.add(branch), () -> groups.add(new ArrayList<>(List.of(branch))));
    }
    if (groups.isEmpty()) {
      return List.of(new KeySpace(0, List.of(), List.of()));
    }
    List<KeySpace> spaces = new ArrayList<>();
    for (List<Branch> group : groups) {
      spaces.add(new KeySpace(spaces.size(), group.get(0).requestKey(), group));
    }
    return spaces;
  }

  private static boolean belongs(Branch branch, Branch other) {
    return !isLabel(branch) && !isLabel(other) && branch.requestKey().equals(other.requestKey());
  }

  private static boolean isLabel(Branch branch) {
    return branch instanceof LabelPlan;
  }

  /** Whether its answers need all of a key's rows first, whenever they became known. */
  boolean isLabel() {
    return !branches.isEmpty() && isLabel(branches.get(0));
  }

  /** The place of a branch in {@link #branches}; -1 if it isn't there. */
  int placeOf(int branchIndex) {
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).index() == branchIndex) {
        return i;
      }
    }
    return -1;
  }
}
