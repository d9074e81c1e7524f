package dev.lockstep.beam.batch;

import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What the rows of one source carry to the keys of one space: the columns that its branches read
 * there, each once, then what their conditions gave.
 *
 * <p>Where the key is a text column itself, that column isn't carried again.
 */
final class RowLayout {
  private static final int NOT_CARRIED = -1;

  private final int index;
  private final KeySpace space;
  private final SourcePlan source;
  private final boolean carriesRequests;
  private final int keyColumn;
  private final int[] columns;
  private final List<TypedExpression> predicates = new ArrayList<>();
  private final List<ValueType> types = new ArrayList<>();
  private final int[][] ofBranch;

  /**
   * @param carriesRequests whether requests carry all columns of theirs, because they are answered
   *     for good at this key
   */
  RowLayout(
      int index, FeaturePlan plan, KeySpace space, SourcePlan source, boolean carriesRequests) {
    this.index = index;
    this.space = space;
    this.source = source;
    this.carriesRequests = carriesRequests;
    this.keyColumn = keyColumn(plan, space, source);
    TreeSet<Integer> read = new TreeSet<>();
    space.branches().stream()
        .filter(b -> b.source() == source.index())
        .forEach(b -> read.addAll(b.columns()));
    for (int c = 0; carriesRequests && c < source.columns().size(); c++) {
      read.add(c);
    }
    read.remove(keyColumn);
    this.columns = read.stream().mapToInt(Integer::intValue).toArray();
    read.forEach(c -> types.add(source.columns().get(c).type()));
    this.ofBranch = new int[space.branches().size()][];
    for (int b = 0; b < ofBranch.length; b++) {
      Branch branch = space.branches().get(b);
      if (branch.source() == source.index()) {
        ofBranch[b] = placesOf(branch);
      }
    }
  }

  /** The text column that all rows of the source are keyed by here, or -1. */
  private static int keyColumn(FeaturePlan plan, KeySpace space, SourcePlan source) {
    List<List<Integer>> keys = new ArrayList<>();
    space.branches().stream()
        .filter(b -> b.source() == source.index())
        .forEach(b -> keys.add(b.eventKey()));
    if (source.index() == plan.requestSource().index()) {
      for (Branch branch : space.branches()) {
        plan.asksOf(branch).stream()
            .filter(ask -> ask.level() == 0)
            .forEach(ask -> keys.add(ask.columns()));
      }
    }
    List<Integer> key = keys.isEmpty() ? List.of() : keys.get(0);
    boolean isText =
        key.size() == 1
            && keys.stream().allMatch(key::equals)
            && source.columns().get(key.get(0)).type() == ValueType.STRING;
    return isText ? key.get(0) : NOT_CARRIED;
  }

  private int[] placesOf(Branch branch) {
    List<Integer> places = new ArrayList<>();
    for (int column : branch.columns()) {
      places.add(column == keyColumn ? NOT_CARRIED : Arrays.binarySearch(columns, column));
    }
    for (TypedExpression predicate : branch.predicates()) {
      places.add(types.size());
      types.add(predicate.type());
      predicates.add(predicate);
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  int index() {
    return index;
  }

  KeySpace space() {
    return space;
  }

  SourcePlan source() {
    return source;
  }

  boolean carriesRequests() {
    return carriesRequests;
  }

  /** The source's columns that are carried. */
  int[] columns() {
    return columns;
  }

  /** The conditions whose results are carried behind the columns. */
  List<TypedExpression> predicates() {
    return predicates;
  }

  /** The types of all that is carried. */
  List<ValueType> types() {
    return types;
  }

  /** The text column that the key is, or -1. */
  int keyColumn() {
    return keyColumn;
  }

  /**
   * Where the columns of a branch are among what is carried; -1 for the key itself.
   *
   * @param place of the branch in the space; it must be of this source
   */
  int[] placesOf(int place) {
    return ofBranch[place];
  }
}
