package dev.lockstep.beam.batch;

import dev.lockstep.plan.Ask;
import dev.lockstep.plan.AskPart;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Branches that a request asks by the same columns: their keys are one, so that what they read and
 * answer travels together. A view that is asked in several roles brings the keys of all of them
 * into its space, and a request then goes to each. Lookups by a field of another have spaces of
 * their own, which are asked once that one has answered: level by level.
 */
public final class KeySpace {
  private static final int NOBODY = -1;

  private final int index;
  private final List<List<AskPart>> keys;
  private final List<Branch> branches;
  private final int level;

  /** The ask of a branch by a key, by place of both; or {@link #NOBODY}. */
  private final int[][] asks;

  /** By which keys each branch is asked, as bit sets by place. */
  private final long[] askedBy;

  private KeySpace(int index, List<Branch> branches, FeaturePlan plan) {
    this.index = index;
    this.branches = List.copyOf(branches);
    this.keys = keysOf(branches, plan);
    this.level = branches.isEmpty() ? 0 : plan.asksOf(branches.get(0)).get(0).level();
    this.asks = new int[branches.size()][keys.size()];
    this.askedBy = new long[branches.size()];
    for (int b = 0; b < asks.length; b++) {
      Arrays.fill(asks[b], NOBODY);
      for (Ask ask : plan.asksOf(branches.get(b))) {
        int key = keys.indexOf(ask.key());
        asks[b][key] = ask.index();
        askedBy[b] |= 1L << key;
      }
    }
  }

  /**
   * The spaces of a plan; a label has one of its own, since it reads what isn't known yet. Where
   * nothing is asked, one without a key, so that requests have where to go.
   */
  public static List<KeySpace> of(FeaturePlan plan) {
    List<List<Branch>> groups = new ArrayList<>();
    for (Branch branch : plan.branches()) {
      List<Branch> group = new ArrayList<>();
      List<List<Branch>> others = groups.stream().filter(g -> meet(branch, g, plan)).toList();
      others.forEach(group::addAll);
      group.add(branch);
      if (others.isEmpty()) {
        groups.add(group);
      } else {
        groups.set(groups.indexOf(others.get(0)), group);
        groups.removeAll(others.subList(1, others.size()));
      }
    }
    if (groups.isEmpty()) {
      return List.of(new KeySpace(0, List.of(), plan));
    }
    List<KeySpace> spaces = new ArrayList<>();
    for (List<Branch> group : groups) {
      group.sort(Comparator.comparingInt(Branch::index));
      spaces.add(new KeySpace(spaces.size(), group, plan));
    }
    return spaces;
  }

  /** Whether a branch is asked by a key that one of a group is asked by. */
  private static boolean meet(Branch branch, List<Branch> group, FeaturePlan plan) {
    if (isLabel(branch) || isLabel(group.get(0))) {
      return false;
    }
    List<List<AskPart>> theirs = keysOf(group, plan);
    return keysOf(List.of(branch), plan).stream().anyMatch(theirs::contains);
  }

  private static List<List<AskPart>> keysOf(List<Branch> branches, FeaturePlan plan) {
    return branches.stream()
        .flatMap(b -> plan.asksOf(b).stream())
        .map(Ask::key)
        .distinct()
        .toList();
  }

  private static boolean isLabel(Branch branch) {
    return branch instanceof LabelPlan;
  }

  /** Place among the plan's spaces. */
  public int index() {
    return index;
  }

  /** The branches, in the plan's order. */
  public List<Branch> branches() {
    return branches;
  }

  /** The keys that requests ask by. */
  List<List<AskPart>> keys() {
    return keys;
  }

  /** When it is asked: 0 with the request, later once others have answered, {@link Ask#level}. */
  int level() {
    return level;
  }

  /** How many groups of shards there are: one a level. */
  public static int levels(FeaturePlan plan) {
    return plan.levels() + 1;
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

  /** Whether a branch is asked by one of some keys, given as a bit set by place. */
  boolean isAsked(int branch, long byKeys) {
    return (askedBy[branch] & byKeys) != 0;
  }

  /**
   * The ask of a branch by the first of some keys that it is asked by: where the keys are equal its
   * answer is that of the others.
   *
   * @return -1 where it isn't asked
   */
  int firstAsk(int branch, long byKeys) {
    long asked = askedBy[branch] & byKeys;
    return asked == 0 ? NOBODY : asks[branch][Long.numberOfTrailingZeros(asked)];
  }

  /**
   * Gives an answer of a branch to all asks of it that some keys make; a bit set of their indexes.
   */
  <T> long answer(int branch, long byKeys, T answer, T[] byAsk) {
    long given = 0;
    for (long left = askedBy[branch] & byKeys; left != 0; left &= left - 1) {
      int ask = asks[branch][Long.numberOfTrailingZeros(left)];
      byAsk[ask] = answer;
      given |= 1L << ask;
    }
    return given;
  }
}
