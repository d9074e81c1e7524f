package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileReader;
import dev.lockstep.beam.snapshot.StateFileWriter;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.ValuesCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a shard whose copies would be duplicates, from one snapshot to the next (C9): those
 * whose event was available within the source's lateness before the cut.
 */
final class SeenIds {
  private final SourcePlan source;
  private final Map<SeenId.Digest, SeenId> before = new HashMap<>();
  private final Map<SeenId.Digest, SeenId> after = new TreeMap<>();

  private SeenIds(SourcePlan source) {
    this.source = source;
  }

  /** Those of the snapshot that a batch goes on from; none where it begins. */
  static SeenIds read(SourcePlan source, @Nullable SnapshotFolder folder, int shard)
      throws IOException {
    SeenIds seen = new SeenIds(source);
    if (folder != null) {
      try (StateFileReader file = StateFileReader.open(folder.ids(shard))) {
        for (ByteReader record = file.next(); record != null; record = file.next()) {
          SeenId id = SeenId.read(record);
          seen.before.put(id.id(), id);
          seen.after.put(id.id(), id);
        }
      }
    }
    return seen;
  }

  /** The event that is the first copy of an id, as it was seen before; null for a new id. */
  @Nullable SeenId before(String id) {
    return before.isEmpty() ? null : before.get(SeenId.Digest.of(id));
  }

  /** Takes note of an event. */
  void event(SourceRow event) {
    String text = String.valueOf(event.id());
    SeenId.Digest id = SeenId.Digest.of(text);
    after.put(id, new SeenId(id, text.hashCode(), event.availableAtMicros(), content(event)));
  }

  /** All of an event but what is about its arrival. */
  SeenId.Digest content(SourceRow event) {
    Values content = source.newRow();
    for (int c = 0; c < content.size(); c++) {
      if (c != source.availableAtColumn() && c != source.sequenceColumn()) {
        content.copy(c, event.values(), c);
      }
    }
    ByteWriter bytes = new ByteWriter();
    bytes.writeFixed64(event.eventTimeMicros());
    ValuesCodec.write(content, bytes);
    return SeenId.Digest.of(bytes.toByteArray());
  }

  /** Writes those that copies which become available from the cut on can repeat. */
  void write(SnapshotFolder folder, int shard, long cutMicros) throws IOException {
    try (StateFileWriter file = StateFileWriter.open(folder.ids(shard))) {
      for (SeenId id : after.values()) {
        if (Micros.minusSaturating(cutMicros, id.availableAtMicros()) <= source.latenessMicros()) {
          id.write(file.next());
          file.write();
        }
      }
      file.end();
    }
  }
}
