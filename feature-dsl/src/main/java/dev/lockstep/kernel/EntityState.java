package dev.lockstep.kernel;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events of one entity in one view, and the view's windows over them.
 *
 * <p>What may not be known yet waits in {@code pending}; a request moves what it knows into the log
 * and reads the log's windows without looking at availability again. A request that knows less than
 * an earlier one (processed out of knowledge order, or tied with it) moves what it doesn't know
 * back, or reads row by row.
 */
public final class EntityState implements BranchState {
  /** Compacting moves what is left: not for a few rows. */
  private static final int COMPACT_AT_LEAST = 64;

  final ViewPlan view;
  final EventLog log;
  final PendingEvents pending;
  private final LogIndexes indexes;
  private final WindowCursor[] cursors;
  private final WindowCursor[] cursorsOfExcluding;
  private final FeatureFamilies including;
  private final FeatureFamilies excluding;
  private final boolean hasExcluding;
  private final long reachMicros;
  private final int mostNewest;
  private final boolean isLifetime;
  private final boolean isForever;

  /** Of the log: whoever knows it knows the whole log. */
  private final GreatestPosition greatestInLog = new GreatestPosition();

  /** What a request that knows less moves back; null until there is one. */
  private @Nullable NewestKnown newest;

  private final GreatestPosition greatest = new GreatestPosition();
  private long applied;
  private long keptFor;

  // Only where the state is written in blocks.
  private @Nullable BlockDirectory blocks;

  public EntityState(ViewPlan view) {
    this.view = view;
    this.log = new EventLog(view.columnTypes());
    this.pending = new PendingEvents(view.columnTypes());
    this.reachMicros = view.reachMicros();
    this.mostNewest = view.mostNewest();
    this.isLifetime = view.isLifetime();
    this.isForever = view.isForever();
    this.keptFor = view.keptForMicros();
    this.indexes = new LogIndexes(log);
    this.cursors =
        view.features().stream()
            .map(ViewPlan.Feature::window)
            .distinct()
            .map(window -> new WindowCursor(log, indexes, view, window))
            .toArray(WindowCursor[]::new);
    this.including = families(false);
    this.excluding = families(true);
    this.cursorsOfExcluding =
        Arrays.stream(cursors)
            .filter(c -> c.slots().stream().anyMatch(FeatureSlot::excludingRequest))
            .toArray(WindowCursor[]::new);
    this.hasExcluding = !excluding.isEmpty();
  }

  private FeatureFamilies families(boolean excludingRequest) {
    return new FeatureFamilies(
        Arrays.stream(cursors)
            .flatMap(cursor -> cursor.slots().stream())
            .filter(slot -> slot.excludingRequest() == excludingRequest)
            .toList(),
        view);
  }

  @Override
  public void add(BranchRow event) {
    note(event);
    pending.add(event);
  }

  @Override
  public void answer(BranchRow request, Values out) {
    moveKnown(request);
    if (request.isEvent()) {
      note(request);
    }
    if (!greatestInLog.isKnownBy(request, view.overRequests()) && !moveUnknown(request)) {
      answerRowByRow(request, out);
      return;
    }
    if (hasExcluding && request.isEvent()) {
      finishExcluding(request, out);
    }
    if (request.isEvent()) {
      inLog(log.insert(request));
    }
    for (WindowCursor cursor : cursors) {
      cursor.moveTo(request.eventTimeMicros());
    }
    including.finish(out);
    if (hasExcluding && !request.isEvent()) {
      finishExcluding(request, out);
    }
  }

  /** The features that leave the request out: over windows without its event. */
  private void finishExcluding(BranchRow request, Values out) {
    for (WindowCursor cursor : cursorsOfExcluding) {
      cursor.moveTo(request.eventTimeMicros());
    }
    excluding.finish(out);
  }

  /**
   * Moves the rows of the log that a request doesn't know back to {@code pending}: requests of one
   * instant that no sequence tells apart don't know each other's events.
   *
   * @return false, with nothing moved, if there are so many that copying the others costs less
   */
  private boolean moveUnknown(BranchRow request) {
    NewestKnown tail = newest;
    if (tail == null || !tail.restIsKnownBy(request, view.overRequests())) {
      tail = new NewestKnown(log);
      newest = tail;
      if (!tail.restIsKnownBy(request, view.overRequests())) {
        return false;
      }
    }
    while (tail.hasUnknownTo(request, view.overRequests())) {
      int row = tail.take(log);
      if (row >= 0) {
        pending.add(log, row);
        remove(row);
      }
    }
    greatestInLog.set(tail.greatestAvailableAt(), tail.greatestSequence());
    return true;
  }

  private int firstReadableBy(BranchRow request) {
    return isForever
        ? log.begin()
        : log.firstAfter(Micros.minusSaturating(request.eventTimeMicros(), reachMicros));
  }

  private boolean isKnown(int row, BranchRow request) {
    return KnowledgePosition.knownBy(
        log.availableAt(row),
        log.sequence(row),
        request.availableAtMicros(),
        request.sequence(),
        view.overRequests());
  }

  /** The definition, over a copy of the rows that this request knows. */
  private void answerRowByRow(BranchRow request, Values out) {
    EntityState known = new EntityState(view);
    int end = log.firstAfter(request.eventTimeMicros());
    for (int row = firstReadableBy(request); row < end; row++) {
      if (isKnown(row, request)) {
        known.inLog(known.log.insert(log, row));
      }
    }
    known.answer(request, out);
    if (request.isEvent()) {
      inLog(log.insert(request));
    }
  }

  private void moveKnown(BranchRow request) {
    if (pending.size() == 0) {
      return;
    }
    int known = pending.gather(request, view.overRequests());
    if (known == 0) {
      return;
    }
    int row = log.begin() - 1;
    for (int i = 0; i < known; i++) {
      row = log.insertNear(row + 1, pending.events, pending.gathered(i));
      inLog(row);
    }
    pending.forgetGathered();
  }

  private void inLog(int row) {
    greatestInLog.note(log.availableAt(row), log.sequence(row));
    if (newest != null) {
      newest.inserted(log, row);
    }
    indexes.inserted(row);
    for (WindowCursor cursor : cursors) {
      cursor.inserted(row);
    }
  }

  private void remove(int row) {
    for (WindowCursor cursor : cursors) {
      cursor.removing(row);
    }
    indexes.removing(row);
    log.remove(row, row + 1);
  }

  /**
   * Takes an event out again, because another copy of it comes first in knowledge order (C9). It
   * counts as applied once more: a store takes nothing that is no further than what it has (C11).
   *
   * @param event as it was taken in, its values included: ties may differ in nothing else
   * @return whether it was there
   */
  public boolean retract(BranchRow event) {
    if (!pending.retract(event)) {
      int row = log.find(event);
      if (row < 0) {
        return false;
      }
      remove(row);
    }
    applied++;
    touchBlocks(event);
    return true;
  }

  @Override
  public void prune(long oldestEventTimeMicros) {
    if (isLifetime) {
      return;
    }
    keptFor = Math.min(keptFor, view.keptForMicros());
    long oldest = Micros.minusSaturating(oldestEventTimeMicros, reachMicros);
    int begin = log.firstAfter(oldest);
    if (mostNewest > 0) {
      long settled = settledBefore(oldestEventTimeMicros);
      moveSettled(settled, oldest);
      begin = Math.min(log.firstAfter(oldest), log.firstOfNewest(settled, mostNewest));
    } else {
      pending.pruneThrough(oldest);
    }
    if (begin > log.begin()) {
      forget(begin);
    }
  }

  /**
   * The greatest event time of what every later request knows, and no copy takes out any more,
   * being available before it: the newest n of those, and what came since, is all that it can
   * reach.
   */
  private long settledBefore(long oldestEventTimeMicros) {
    long before = Micros.minusSaturating(oldestEventTimeMicros, 1);
    return Micros.minusSaturating(before, view.sourceLatenessMicros());
  }

  /**
   * Moves what waits and is settled into the log, since an entity that nobody asks about has the
   * newest n there as well; what is older than those goes at once.
   */
  private void moveSettled(long settled, long oldest) {
    if (!pending.hasThrough(settled)) {
      return;
    }
    RowRange waiting = pending.range(null, null);
    EventLog events = waiting.log();
    int end = events.firstAfter(settled);
    int from = Math.min(events.firstAfter(oldest), events.firstOfNewest(settled, mostNewest));
    for (int row = Math.max(from, waiting.begin()); row < end; row++) {
      inLog(log.insert(events, row));
    }
    pending.pruneThrough(settled);
  }

  private void forget(int begin) {
    for (WindowCursor cursor : cursors) {
      cursor.forgetting(begin);
    }
    indexes.forgetting(begin);
    log.forget(begin);
    if (begin >= COMPACT_AT_LEAST && begin > log.end() / 2) {
      compact();
    }
  }

  private void compact() {
    int begin = log.begin();
    indexes.movingDown(begin);
    for (WindowCursor cursor : cursors) {
      cursor.movingDown(begin);
    }
    log.compact();
  }

  /** Forgets all it ever held, as if new: cheaper than a new state for the next of many keys. */
  public void clear() {
    pending.clear();
    forget(log.end());
    if (log.begin() > 0) {
      compact();
    }
    greatestInLog.set(Long.MIN_VALUE, Long.MIN_VALUE);
    newest = null;
    restore(KnowledgePosition.NONE, 0, view.keptForMicros());
    blocks = null;
  }

  /**
   * Takes in all that another state of the same view holds, whichever part of the entity's events
   * that is: what both hold is held twice.
   */
  public void merge(EntityState other) {
    RowRange held = RowRange.of(other, null, null);
    EventLog events = held.log();
    for (int row = held.begin(); row < held.end(); row++) {
      pending.add(events, row);
      if (blocks != null) {
        blocks.touch(events.place(row), events.place(row));
      }
    }
    applied += other.applied;
    keptFor = Math.min(keptFor, other.keptFor);
    greatest.note(other.greatest.availableAt(), other.greatest.sequence());
  }

  /** Whether it holds no event, so that forgetting it changes no value. */
  public boolean isEmpty() {
    return log.size() == 0 && pending.size() == 0;
  }

  /** The number of events held. */
  public int size() {
    return log.size() + pending.size();
  }

  /** The greatest position in knowledge order of an event taken in. */
  public KnowledgePosition greatestPosition() {
    return new KnowledgePosition(greatest.availableAt(), greatest.sequence());
  }

  /** How many times an event was taken in or out, those pruned since included. */
  public long applied() {
    return applied;
  }

  private void note(BranchRow event) {
    applied++;
    touchBlocks(event);
    greatest.note(event.availableAtMicros(), event.sequence());
  }

  /** How late a request may be, in microseconds, and find all that it reads. */
  long keptForMicros() {
    return keptFor;
  }

  /** Takes over the counters of a stored state, and what it was pruned to. */
  void restore(KnowledgePosition greatestPosition, long appliedCount, long keptForMicros) {
    keptFor = keptForMicros;
    greatest.set(greatestPosition.availableAtMicros(), greatestPosition.sequence());
    applied = appliedCount;
  }

  /** The blocks this was last written as; null before it is first written in blocks. */
  @Nullable BlockDirectory blocks() {
    return blocks;
  }

  /** Takes note of the blocks this was read from or is written as. */
  void inBlocks(BlockDirectory directory) {
    blocks = directory;
  }

  private void touchBlocks(BranchRow event) {
    if (blocks != null) {
      Place place = Place.of(event);
      blocks.touch(place, place);
    }
  }
}
