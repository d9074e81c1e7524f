package dev.lockstep.kernel;

import dev.lockstep.aggregate.LogIndexKind;
import dev.lockstep.aggregate.StateSpec;
import dev.lockstep.aggregate.WindowRows;
import dev.lockstep.aggregate.WindowState;
import dev.lockstep.aggregate.index.ExtremeIndex;
import dev.lockstep.aggregate.index.IndexedRows;
import dev.lockstep.aggregate.index.OccurrenceIndex;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.ColumnVector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The features of one window that read the same inputs under the same filter: they see the same
 * rows, and share what is kept of them.
 */
final class WindowGroup implements WindowRows {
  private static final int LOOKED_AT = 32;
  private static final WindowState NOTHING = StateSpec.NONE.newState();

  private final WindowCursor window;
  private final EventLog log;
  private final ColumnVector[] inputs;
  private final @Nullable ColumnVector filter;

  /** The one input where there is no other and no filter, as mostly; else null. */
  private final @Nullable ColumnVector plain;

  private final WindowState[] states;
  private final @Nullable WindowState only;
  private @Nullable WindowGroup next;
  private final List<FeatureSlot> slots;
  private final LogIndexes indexes;

  /** Null until there was a tie. */
  private @Nullable TieOrder order;

  private final List<Integer> inputColumns;
  private final int filterColumn;
  private @Nullable MatchingRows matching;
  private @Nullable ExtremeIndex least;
  private @Nullable ExtremeIndex greatest;
  private @Nullable OccurrenceIndex occurrences;
  private int leastStep;
  private int greatestStep;

  /** Where a tie across the start of the newest n is settled: rows of it that aren't among them. */
  private @Nullable BitSet outside;

  private int first;
  private int entered;

  /**
   * @param features by their place in the view, all of the same inputs and filter
   */
  WindowGroup(WindowCursor window, EventLog log, LogIndexes indexes, List<Placed> features) {
    this.window = window;
    this.log = log;
    ViewPlan.Feature one = features.get(0).feature;
    this.inputs = one.inputs().stream().map(log.columns::get).toArray(ColumnVector[]::new);
    this.filter = one.filter() < 0 ? null : log.columns.get(one.filter());
    this.plain = inputs.length == 1 && filter == null ? inputs[0] : null;
    this.indexes = indexes;
    this.inputColumns = one.inputs();
    this.filterColumn = one.filter();
    List<StateSpec> specs = new ArrayList<>();
    for (Placed placed : features) {
      StateSpec spec = specOf(placed.feature);
      if (spec.isNeeded(allTakePart()) && specs.stream().noneMatch(s -> s.covers(spec))) {
        specs.removeIf(spec::covers);
        specs.add(spec);
      }
      useIndexes(placed.feature.aggregation().indexes(), one, indexes);
    }
    this.states = specs.stream().map(StateSpec::newState).toArray(WindowState[]::new);
    this.only = states.length == 1 ? states[0] : null;
    this.slots = features.stream().map(placed -> slot(placed, specs)).toList();
  }

  /** A feature and its place in the view. */
  record Placed(int result, ViewPlan.Feature feature) {}

  private static StateSpec specOf(ViewPlan.Feature feature) {
    return feature.aggregation().state(feature.inputTypes());
  }

  private FeatureSlot slot(Placed placed, List<StateSpec> specs) {
    StateSpec wanted = specOf(placed.feature);
    WindowState state = NOTHING;
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).covers(wanted)) {
        state = states[i];
      }
    }
    return new FeatureSlot(
        placed.feature.aggregation(),
        state,
        this,
        placed.result,
        placed.feature.excludingRequest());
  }

  private void useIndexes(Set<LogIndexKind> kinds, ViewPlan.Feature feature, LogIndexes indexes) {
    if (!kinds.isEmpty() && feature.inputs().size() != 1) {
      throw new IllegalArgumentException(
          feature.aggregation().name()
              + " asks for an index but has "
              + feature.inputs().size()
              + " inputs: an index is over the one input of an aggregation");
    }
    for (LogIndexKind kind : kinds) {
      int column = feature.inputs().get(0);
      switch (kind) {
        case LEAST -> least = indexes.extreme(column, feature.filter(), false);
        case GREATEST -> greatest = indexes.extreme(column, feature.filter(), true);
        case OCCURRENCES -> occurrences = indexes.occurrences(column, feature.filter());
      }
    }
  }

  List<FeatureSlot> slots() {
    return slots;
  }

  /** Whether it keeps anything, so that rows have to be shown to it. */
  boolean keepsState() {
    return states.length > 0;
  }

  // A counted loop over one or two costs as much as what it does: hence `only` and `next`.

  void enter(int row) {
    if (!takesPart(row)) {
      return;
    }
    if (only != null) {
      only.enter(this, row);
      return;
    }
    for (WindowState state : states) {
      state.enter(this, row);
    }
  }

  void leave(int row) {
    if (!takesPart(row)) {
      return;
    }
    if (only != null) {
      only.leave(this, row);
      return;
    }
    for (WindowState state : states) {
      state.leave(this, row);
    }
  }

  /** The next group of the window that keeps anything. */
  @Nullable WindowGroup next() {
    return next;
  }

  /** Puts this group before another. */
  void before(@Nullable WindowGroup other) {
    next = other;
  }

  void clear() {
    outside = null;
    for (WindowState state : states) {
      state.clear();
    }
  }

  /**
   * Enters the rows of a window whose start cuts through a tie: of the tie that begins there the
   * newest in this group's order, so that {@code size()} remain in all.
   */
  void enterTied(int firstOfTie) {
    clear();
    BitSet left = new BitSet();
    int many = window.from() - firstOfTie;
    for (int i = 0; i < many; i++) {
      left.set(order().at(firstOfTie + i));
    }
    outside = left;
    first = firstOfTie;
    for (entered = first; entered < window.to(); entered++) {
      enter(entered);
    }
  }

  @Override
  public int from() {
    return outside == null ? window.from() : first;
  }

  @Override
  public int to() {
    return window.to();
  }

  @Override
  public int size() {
    return window.to() - window.from();
  }

  @Override
  public boolean allTakePart() {
    return inputs.length == 0 && filter == null;
  }

  @Override
  public boolean takesPart(int row) {
    if (plain != null) {
      return (!plain.hasNulls() || !plain.isNull(row)) && (outside == null || !outside.get(row));
    }
    if (filter != null && !IndexedRows.isTrue(filter, row)) {
      return false;
    }
    for (ColumnVector input : inputs) {
      if (input.hasNulls() && input.isNull(row)) {
        return false;
      }
    }
    return outside == null || !outside.get(row);
  }

  @Override
  public int inputs() {
    return inputs.length;
  }

  @Override
  public ColumnVector input(int input) {
    return inputs[input];
  }

  @Override
  public long eventTimeMicros(int row) {
    return log.eventTime(row);
  }

  @Override
  public long requestTimeMicros() {
    return window.now();
  }

  @Override
  public long afterMicros() {
    return window.afterMicros();
  }

  @Override
  public long throughMicros() {
    return window.throughMicros();
  }

  @Override
  public int inOrder(int position) {
    return log.hasTies() ? order().at(position) : position;
  }

  // A look at the next few rows costs less than an index, which is made only where they don't do.

  @Override
  public int newest(int n) {
    int from = from();
    int to = to();
    if (outside == null && allHaveValues()) {
      return to - n >= from ? inOrder(to - n) : -1;
    }
    int left = n;
    int least = to - lookedAt(n);
    for (int position = to - 1; position >= least; position--) {
      int row = inOrder(position);
      if (takesPart(row) && --left == 0) {
        return row;
      }
    }
    return least == from ? -1 : matching().newest(n, from, to);
  }

  @Override
  public int oldest(int n) {
    int from = from();
    int to = to();
    if (outside == null && allHaveValues()) {
      return n <= to - from ? inOrder(from + n - 1) : -1;
    }
    int left = n;
    int end = from + lookedAt(n);
    for (int position = from; position < end; position++) {
      int row = inOrder(position);
      if (takesPart(row) && --left == 0) {
        return row;
      }
    }
    return end == to ? -1 : matching().oldest(n, from, to);
  }

  /** How many rows to look at before an index is asked: all, few, or none. */
  private int lookedAt(int n) {
    int all = to() - from();
    if (outside != null || (matching == null && all <= 2 * LOOKED_AT)) {
      return all;
    }
    return matching != null || n > LOOKED_AT / 2 ? 0 : LOOKED_AT;
  }

  private boolean allHaveValues() {
    if (filter != null) {
      return false;
    }
    for (ColumnVector input : inputs) {
      if (input.hasNulls()) {
        return false;
      }
    }
    return true;
  }

  private MatchingRows matching() {
    if (matching == null) {
      matching = indexes.matching(inputColumns, filterColumn);
    }
    return matching;
  }

  private TieOrder order() {
    if (order == null) {
      TieOrder ofLog = TieOrder.ofLog(log, inputs, filter);
      ofLog.hold(log.begin(), log.end());
      order = indexes.added(ofLog);
    }
    return order;
  }

  @Override
  public int leastRow() {
    ExtremeIndex index = asked(least);
    if (outside != null) {
      return index.extremeOf(first, window.to(), this::takesPart);
    }
    leastStep = index.stepFrom(window.from(), leastStep);
    return index.extreme(leastStep, window.from(), window.to(), log.end());
  }

  @Override
  public int greatestRow() {
    ExtremeIndex index = asked(greatest);
    if (outside != null) {
      return index.extremeOf(first, window.to(), this::takesPart);
    }
    greatestStep = index.stepFrom(window.from(), greatestStep);
    return index.extreme(greatestStep, window.from(), window.to(), log.end());
  }

  private static <T> T asked(@Nullable T index) {
    if (index == null) {
      throw new IllegalStateException("the aggregation didn't ask for this index");
    }
    return index;
  }

  @Override
  public boolean occursElsewhere(int row) {
    OccurrenceIndex index = asked(occurrences);
    if (outside == null) {
      return index.occursElsewhere(row, window.from(), window.to());
    }
    // Of a tie's rows of one value those outside are the first: before one there is none inside.
    int before = index.previous(row);
    return (before >= first && !outside.get(before)) || index.occursAgain(row, entered);
  }
}
