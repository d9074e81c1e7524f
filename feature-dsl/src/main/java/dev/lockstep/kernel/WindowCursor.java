package dev.lockstep.kernel;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.time.WindowBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One window as a range of the log, with what the features over it keep.
 *
 * <p>It moves both ways: a late request moves it back, the next one forth again; each row it passes
 * enters or leaves once, so in order the work is O(1) a row, and nothing depends on the window's
 * length.
 */
final class WindowCursor {
  private record GroupKey(List<Integer> inputs, int filter) {}

  private final EventLog log;
  private final WindowBounds bounds;
  private final WindowGroup[] groups;

  /** The first of those that rows have to be shown to; each knows the next. */
  private final @Nullable WindowGroup keeping;

  /** Whether its bounds in time alone say what it holds. */
  private final boolean isPlain;

  private final boolean isSession;
  private final boolean isCounted;
  private long now;
  private long after;
  private long through;
  private int from;
  private int to;
  private boolean cold = true;

  /** Whether rows came or went before its end, so that it may begin elsewhere. */
  private boolean broken;

  /** Whether its start cuts through a tie, which each group settles in its own order. */
  private boolean cutsTie;

  WindowCursor(EventLog log, LogIndexes indexes, ViewPlan view, WindowBounds bounds) {
    this.log = log;
    this.bounds = bounds;
    this.isSession = bounds.gapMicros() != WindowBounds.UNBOUNDED;
    this.isCounted = bounds.newest() != Integer.MAX_VALUE;
    this.isPlain = !isSession && !isCounted;
    Map<GroupKey, List<WindowGroup.Placed>> byInputs = new LinkedHashMap<>();
    for (int i = 0; i < view.features().size(); i++) {
      ViewPlan.Feature f = view.features().get(i);
      if (f.window().equals(bounds)) {
        byInputs
            .computeIfAbsent(new GroupKey(f.inputs(), f.filter()), k -> new ArrayList<>())
            .add(new WindowGroup.Placed(i, f));
      }
    }
    this.groups =
        byInputs.values().stream()
            .map(features -> new WindowGroup(this, log, indexes, features))
            .toArray(WindowGroup[]::new);
    WindowGroup first = null;
    for (WindowGroup group : groups) {
      if (group.keepsState()) {
        group.before(first);
        first = group;
      }
    }
    this.keeping = first;
  }

  /** The features over it. */
  List<FeatureSlot> slots() {
    return Arrays.stream(groups).flatMap(group -> group.slots().stream()).toList();
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  long now() {
    return now;
  }

  long afterMicros() {
    return after;
  }

  long throughMicros() {
    return through;
  }

  /** Places the window as of a request's time. */
  void moveTo(long t) {
    boolean back = t < now;
    now = t;
    after = bounds.after(t);
    through = bounds.through(t);
    if (back || broken || !isPlain || !moveOn()) {
      place(back);
    }
  }

  /**
   * Places a window of bounded time where nothing but time moved on since, and at most one row came
   * behind its end: as mostly, and by far the cheapest way.
   *
   * @return false, with nothing done, where more happened
   */
  private boolean moveOn() {
    int end = log.end();
    if (cold || end - to > 1 || end == from || log.eventTime(end - 1) > through) {
      return false;
    }
    if (to < end) {
      enter(to);
      to = end;
    }
    while (from < to && log.eventTime(from) <= after) {
      leave(from);
      from++;
    }
    if (from == to) {
      clear(); // narrow again, whatever was in it
    }
    return true;
  }

  private void place(boolean back) {
    if (cutsTie) {
      reset();
    }
    int targetTo = targetTo();
    int targetFrom;
    if (isSession) {
      targetFrom = sessionStart(targetTo, back);
    } else {
      targetFrom = Math.min(targetFrom(), targetTo);
      if (isCounted) {
        targetFrom = Math.max(targetFrom, targetTo - bounds.newest());
      }
    }
    if (cold || targetFrom >= to || targetTo <= from || isFar(targetFrom, targetTo)) {
      jump(targetFrom, targetTo);
    } else {
      step(targetFrom, targetTo);
    }
    cold = false;
    broken = false;
    if (isCounted && from > log.begin() && from < to && log.tied(from - 1, from)) {
      settleTie();
    }
  }

  private boolean isFar(int targetFrom, int targetTo) {
    long moved = Math.abs((long) targetFrom - from) + Math.abs((long) targetTo - to);
    return moved > targetTo - targetFrom;
  }

  /** Behind the last row not after the window's end. */
  private int targetTo() {
    int end = log.end();
    if (end > log.begin() && log.eventTime(end - 1) <= through) {
      return end;
    }
    return cold ? log.firstAfter(through) : near(to, through);
  }

  /** The first row behind the window's start. */
  private int targetFrom() {
    if (after == Long.MIN_VALUE) {
      return log.begin();
    }
    return cold ? log.firstAfter(after) : near(from, after);
  }

  /** The first row after a time, looked for from a row on that is mostly close to it. */
  private int near(int guess, long time) {
    int row = guess;
    int steps = 16;
    while (row < log.end() && log.eventTime(row) <= time) {
      row++;
      if (--steps == 0) {
        return log.firstAfter(time);
      }
    }
    while (row > log.begin() && log.eventTime(row - 1) > time) {
      row--;
      if (--steps == 0) {
        return log.firstAfter(time);
      }
    }
    return row;
  }

  /** Where the run of short steps that ends at the request begins; its end where there is none. */
  private int sessionStart(int end, boolean back) {
    long gap = bounds.gapMicros();
    if (end == log.begin() || Micros.minusSaturating(now, log.eventTime(end - 1)) > gap) {
      return end;
    }
    boolean joins = !cold && !back && !broken && from < to;
    int row = end;
    while (row > log.begin() && log.eventTime(row - 1) > after) {
      if (row < end && Micros.minusSaturating(log.eventTime(row), log.eventTime(row - 1)) > gap) {
        break;
      }
      if (joins && row == to) {
        // From here on back it is the session that was: only its oldest may be too old by now.
        row = from;
        while (log.eventTime(row) <= after) {
          row++;
        }
        break;
      }
      row--;
    }
    return row;
  }

  private void jump(int targetFrom, int targetTo) {
    clear();
    from = targetFrom;
    for (to = targetFrom; to < targetTo; to++) {
      enter(to);
    }
  }

  private void step(int targetFrom, int targetTo) {
    while (to < targetTo) {
      enter(to);
      to++;
    }
    while (to > targetTo) {
      to--;
      leave(to);
    }
    while (from < targetFrom) {
      leave(from);
      from++;
    }
    while (from > targetFrom) {
      from--;
      enter(from);
    }
  }

  private void settleTie() {
    int first = from;
    while (first > log.begin() && log.tied(first - 1, first)) {
      first--;
    }
    for (WindowGroup group : groups) {
      group.enterTied(first);
    }
    cutsTie = true;
  }

  /** Takes note that a row was inserted into the log. */
  void inserted(int row) {
    if (cold) {
      return;
    }
    if (cutsTie) {
      reset();
    } else if (row < to) {
      broken = true;
      to++;
      if (row > from) {
        enter(row);
      } else {
        from++; // where it belongs to the window, it is fetched on placing
      }
    } else if (row < from) {
      broken = true;
      from++;
      to++;
    }
  }

  /** Takes note that a row is about to be removed from the log. */
  void removing(int row) {
    if (cold) {
      return;
    }
    if (cutsTie) {
      reset();
    } else if (row < to) {
      broken = true;
      if (row >= from) {
        leave(row);
      } else {
        from--;
      }
      to--;
    }
  }

  /** Takes note that the rows before {@code begin} are about to be forgotten. */
  void forgetting(int begin) {
    if (!cold && (begin > from || cutsTie)) {
      reset();
    }
  }

  /** Takes note that all rows are about to move down by so many. */
  void movingDown(int count) {
    from -= count;
    to -= count;
  }

  /** Forgets the place: the rows are entered anew when it is placed. */
  private void reset() {
    clear();
    cold = true;
    cutsTie = false;
  }

  private void enter(int row) {
    for (WindowGroup group = keeping; group != null; group = group.next()) {
      group.enter(row);
    }
  }

  private void leave(int row) {
    for (WindowGroup group = keeping; group != null; group = group.next()) {
      group.leave(row);
    }
  }

  private void clear() {
    for (WindowGroup group : groups) {
      group.clear();
    }
  }
}
