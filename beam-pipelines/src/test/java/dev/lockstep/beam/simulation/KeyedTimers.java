package dev.lockstep.beam.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.state.TimeDomain;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one subtask: as on Flink they fire in the order of their times whatever their keys
 * are, those of one time in any order; a timer is one of its key and name.
 */
final class KeyedTimers implements TimerInternals {
  /** A timer of a key. */
  record Pending(ByteBuffer key, TimerData data, int tie) {}

  private static final Comparator<Pending> ORDER =
      Comparator.<Pending>comparingLong(pending -> pending.data.getTimestamp().getMillis())
          .thenComparingInt(Pending::tie)
          .thenComparing(Pending::key)
          .thenComparing(pending -> pending.data.getTimerId());

  private final Schedule schedule;
  private final KeyedState state;
  private final Map<ByteBuffer, Map<String, Pending>> byKey = new HashMap<>();
  private final TreeSet<Pending> ofEvents = new TreeSet<>(ORDER);
  private final TreeSet<Pending> ofProcessing = new TreeSet<>(ORDER);

  /** The subtask's own; set by it before a timer fires. */
  long inputWatermark = Long.MIN_VALUE;

  KeyedTimers(Schedule schedule, KeyedState state) {
    this.schedule = schedule;
    this.state = state;
  }

  private TreeSet<Pending> of(TimeDomain domain) {
    return domain == TimeDomain.EVENT_TIME ? ofEvents : ofProcessing;
  }

  void set(ByteBuffer key, TimerData data) {
    Pending pending = new Pending(key, data, schedule.tie());
    Pending before =
        byKey.computeIfAbsent(key, k -> new HashMap<>()).put(data.getTimerId(), pending);
    if (before != null) {
      of(before.data.getDomain()).remove(before);
    }
    of(data.getDomain()).add(pending);
  }

  private void remove(ByteBuffer key, String timerId) {
    Map<String, Pending> timers = byKey.get(key);
    Pending pending = timers == null ? null : timers.remove(timerId);
    if (pending != null) {
      of(pending.data.getDomain()).remove(pending);
      if (timers.isEmpty()) {
        byKey.remove(key);
      }
    }
  }

  /** Takes out the first timer of event time that the watermark is past; null for none. */
  @Nullable Pending takeDue() {
    return take(ofEvents, inputWatermark);
  }

  /** Takes out the first timer of processing time that the clock is past; null for none. */
  @Nullable Pending takeProcessing() {
    return take(ofProcessing, schedule.processingMillis());
  }

  private @Nullable Pending take(TreeSet<Pending> pending, long now) {
    if (pending.isEmpty() || pending.first().data.getTimestamp().getMillis() >= now) {
      return null;
    }
    Pending first = pending.first();
    remove(first.key, first.data.getTimerId());
    return first;
  }

  boolean waitsForProcessing() {
    return !ofProcessing.isEmpty();
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** No output is before it: what timers will send is of their output's time. */
  long holdMillis() {
    long hold = Long.MAX_VALUE;
    for (Map<String, Pending> timers : byKey.values()) {
      for (Pending pending : timers.values()) {
        hold = Math.min(hold, pending.data.getOutputTimestamp().getMillis());
      }
    }
    return hold;
  }

  /** All timers by key. */
  Map<ByteBuffer, List<TimerData>> copy() {
    Map<ByteBuffer, List<TimerData>> copy = new HashMap<>();
    byKey.forEach(
        (key, timers) ->
            copy.put(key, new ArrayList<>(timers.values().stream().map(Pending::data).toList())));
    return copy;
  }

  @Override
  public void setTimer(
      StateNamespace namespace,
      String timerId,
      String familyId,
      Instant target,
      Instant output,
      TimeDomain domain) {
    setTimer(TimerData.of(timerId, familyId, namespace, target, output, domain));
  }

  @Override
  @SuppressWarnings("deprecation") // asked for by the interface
  public void setTimer(TimerData data) {
    set(state.key(), data);
  }

  @Override
  public void deleteTimer(
      StateNamespace namespace, String timerId, String familyId, TimeDomain domain) {
    remove(state.key(), timerId);
  }

  @Override
  @SuppressWarnings("deprecation") // asked for by the interface
  public void deleteTimer(StateNamespace namespace, String timerId, String familyId) {
    remove(state.key(), timerId);
  }

  @Override
  @SuppressWarnings("deprecation") // asked for by the interface
  public void deleteTimer(TimerData data) {
    remove(state.key(), data.getTimerId());
  }

  @Override
  public Instant currentProcessingTime() {
    return Instant.ofEpochMilli(schedule.processingMillis());
  }

  @Override
  public Instant currentSynchronizedProcessingTime() {
    return currentProcessingTime();
  }

  @Override
  public Instant currentInputWatermarkTime() {
    return Instant.ofEpochMilli(
        Math.max(
            inputWatermark,
            org.apache.beam.sdk.transforms.windowing.BoundedWindow.TIMESTAMP_MIN_VALUE
                .getMillis()));
  }

  @Override
  public @Nullable Instant currentOutputWatermarkTime() {
    return null;
  }
}
