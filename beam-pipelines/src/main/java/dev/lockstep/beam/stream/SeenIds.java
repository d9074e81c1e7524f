package dev.lockstep.beam.stream;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.ValueState;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ids and when the last event of each became available, by {@link SeenMessage#key}. */
final class SeenIds {
  private SeenIds() {}

  static byte[] toBytes(long availableAtMicros) {
    ByteWriter out = new ByteWriter(Long.BYTES);
    out.writeFixed64(availableAtMicros);
    return out.toByteArray();
  }

  /** When the last event of an id became available; null for bytes of none. */
  static @Nullable Long availableAt(byte @Nullable [] bytes) {
    return bytes == null ? null : (Long) new ByteReader(bytes).readFixed64();
  }

  static SourcePlan sourceOf(FeaturePlan plan, String key) {
    return plan.sources().get(SeenMessage.sourceOf(key));
  }

  /**
   * Forgets ids whose copies would be new events.
   *
   * @param needed keys of ids of which copies are held: these are judged by what was seen before
   * @return until when the last of those that are left is held; {@code Long.MIN_VALUE} for none
   */
  static long forget(FeaturePlan plan, IdCells seen, Set<String> needed, long nowMicros) {
    AtomicLong last = new AtomicLong(Long.MIN_VALUE);
    seen.retain(
        (key, availableAt) -> {
          long until =
              Micros.plusSaturating(
                  new ByteReader(availableAt).readFixed64(), sourceOf(plan, key).latenessMicros());
          if (until < nowMicros) {
            return needed.contains(key);
          }
          last.accumulateAndGet(until, Math::max);
          return true;
        });
    return last.get();
  }

  /** One timer a key, at the time when its ids of now can be forgotten. */
  static void armCleanup(
      SourcePlan source, long availableAtMicros, ValueState<byte[]> cleanup, Timer forget) {
    if (cleanup.read() == null) {
      long at = Micros.plusSaturating(availableAtMicros, source.latenessMicros());
      forget.set(Instant.ofEpochMilli(Micros.toMillis(at) + 1));
      cleanup.write(new byte[] {1});
    }
  }
}
