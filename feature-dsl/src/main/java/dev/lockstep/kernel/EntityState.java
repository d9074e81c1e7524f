package dev.lockstep.kernel;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.util.List;

/**
 * The events of one entity in one view, and the view's windows over them.
 *
 * <p>What may not be known yet waits in {@code pending}; a request moves what it knows into the log
 * and reads the log's windows without looking at availability again. Only a request that knows less
 * than an earlier one (processed out of knowledge order, or tied with it) reads row by row.
 */
public final class EntityState implements BranchState {
  /** Pruning moves memory: not before it frees a good part of it. */
  private static final int PRUNE_AT_LEAST = 64;

  final ViewPlan view;
  final EventLog log;
  final PendingEvents pending;
  private final List<WindowCursor> cursors;
  private final boolean hasExcluding;

  // The greatest position in the log: whoever knows it knows the whole log.
  private long logAvailableAt = Long.MIN_VALUE;
  private long logSequence = Long.MIN_VALUE;

  private KnowledgePosition greatest = KnowledgePosition.NONE;
  private long applied;

  public EntityState(ViewPlan view) {
    this.view = view;
    this.log = new EventLog(view.columnTypes());
    this.pending = new PendingEvents(view.columnTypes());
    this.cursors =
        view.features().stream()
            .map(ViewPlan.Feature::windowMicros)
            .distinct()
            .map(length -> new WindowCursor(log, view, length))
            .toList();
    this.hasExcluding = view.features().stream().anyMatch(ViewPlan.Feature::excludingRequest);
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
    if (!KnowledgePosition.knownBy(
            logAvailableAt,
            logSequence,
            request.availableAtMicros(),
            request.sequence(),
            view.overRequests())
        && log.size() > 0) {
      answerRowByRow(request, out);
      return;
    }
    cursors.forEach(c -> c.moveTo(request.eventTimeMicros()));
    if (request.isEvent() && hasExcluding) {
      cursors.forEach(c -> c.finish(true, out));
    }
    if (request.isEvent()) {
      inLog(log.insert(request));
    }
    cursors.forEach(c -> c.finish(false, out));
    if (!request.isEvent() && hasExcluding) {
      cursors.forEach(c -> c.finish(true, out));
    }
  }

  /** The definition, over a copy of the rows that this request knows. */
  private void answerRowByRow(BranchRow request, Values out) {
    EntityState known = new EntityState(view);
    long oldest = Micros.minusSaturating(request.eventTimeMicros(), view.longestWindowMicros());
    for (int row = log.firstAfter(oldest); row < log.size(); row++) {
      if (log.eventTime(row) > request.eventTimeMicros()) {
        break;
      }
      if (KnowledgePosition.knownBy(
          log.availableAt(row),
          log.sequence(row),
          request.availableAtMicros(),
          request.sequence(),
          view.overRequests())) {
        known.log.insert(log, row);
      }
    }
    known.answer(request, out);
    if (request.isEvent()) {
      inLog(log.insert(request));
    }
  }

  private void moveKnown(BranchRow request) {
    int known = pending.knownBy(request, view.overRequests());
    for (int i = 0; i < known; i++) {
      inLog(log.insert(pending.events, pending.rowAt(i)));
    }
    pending.removeFirst(known);
  }

  private void inLog(int row) {
    long available = log.availableAt(row);
    long sequence = log.sequence(row);
    if (available > logAvailableAt || (available == logAvailableAt && sequence > logSequence)) {
      logAvailableAt = available;
      logSequence = sequence;
    }
    for (WindowCursor cursor : cursors) {
      cursor.inserted(row);
    }
  }

  /**
   * Takes an event out again, because another copy of it comes first in knowledge order (C9).
   *
   * @param event as it was taken in, its values included: ties may differ in nothing else
   * @return whether it was there
   */
  public boolean retract(BranchRow event) {
    if (pending.retract(event)) {
      return true;
    }
    int row = log.find(event);
    if (row < 0) {
      return false;
    }
    cursors.forEach(c -> c.removing(row));
    log.remove(row, row + 1);
    return true;
  }

  @Override
  public void prune(long oldestEventTimeMicros) {
    long oldest = Micros.minusSaturating(oldestEventTimeMicros, view.longestWindowMicros());
    int count = log.firstAfter(oldest);
    if (count >= PRUNE_AT_LEAST || (count > 0 && count == log.size())) {
      log.remove(0, count);
      cursors.forEach(c -> c.pruned(count));
    }
    pending.pruneThrough(oldest);
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
    return greatest;
  }

  /** How many events were taken in, those pruned since included. */
  public long applied() {
    return applied;
  }

  private void note(BranchRow event) {
    applied++;
    KnowledgePosition position = new KnowledgePosition(event.availableAtMicros(), event.sequence());
    if (position.compareTo(greatest) > 0) {
      greatest = position;
    }
  }

  /** Takes over the counters of a stored state. */
  void restore(KnowledgePosition greatestPosition, long appliedCount) {
    greatest = greatestPosition;
    applied = appliedCount;
    for (int row = 0; row < log.size(); row++) {
      if (log.availableAt(row) > logAvailableAt
          || (log.availableAt(row) == logAvailableAt && log.sequence(row) > logSequence)) {
        logAvailableAt = log.availableAt(row);
        logSequence = log.sequence(row);
      }
    }
  }
}
