package dev.lockstep.cli.demo;

import dev.lockstep.cli.replay.ReplayCursor;
import dev.lockstep.cli.replay.ReplayEvent;
import dev.lockstep.plan.FeaturePlan;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way, of which those requests are noted that get a vector: known in time, copies
 * counted once.
 */
final class SeenRequests implements ReplayCursor {
  private final ReplayCursor events;
  private final String topic;
  private final long latenessMicros;
  private final Set<String> ids = new HashSet<>();
  private volatile long lastAvailableAtMicros;

  SeenRequests(FeaturePlan plan, ReplayCursor events) {
    this.events = events;
    this.topic = plan.requestSource().topic();
    this.latenessMicros = plan.requestSource().latenessMicros();
    ReplayEvent first = events.peek();
    this.lastAvailableAtMicros = first == null ? 0 : first.availableAtMicros();
  }

  @Override
  public @Nullable ReplayEvent peek() {
    return events.peek();
  }

  @Override
  public void advance() {
    ReplayEvent event = events.peek();
    if (event != null) {
      boolean inTime = event.availableAtMicros() - event.eventTimeMicros() <= latenessMicros;
      if (event.topic().equals(topic) && inTime) {
        ids.add(new String(event.key(), StandardCharsets.UTF_8));
      }
      lastAvailableAtMicros = event.availableAtMicros();
    }
    events.advance();
  }

  /** How many requests were among the events so far; for the thread that sends, or after it. */
  int requests() {
    return ids.size();
  }

  /** When the last event became known; the first one before any was sent. */
  long lastAvailableAtMicros() {
    return lastAvailableAtMicros;
  }

  @Override
  public void close() {
    events.close();
  }
}
