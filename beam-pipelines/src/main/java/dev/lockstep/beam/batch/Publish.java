package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.HeldLabel;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** The last step: checks that every request got its vector, then publishes the training set. */
final class Publish extends DoFn<KV<Integer, Iterable<KV<String, Long>>>, Void> {
  private static final long serialVersionUID = 1L;

  private final TrainingSetFolder folder;
  private final String manifest;
  private final @Nullable Snapshot snapshot;

  /**
   * @param snapshot what is published with the training set; null for none
   */
  Publish(TrainingSetFolder folder, Manifest manifest, @Nullable Snapshot snapshot) {
    this.folder = folder;
    this.manifest = manifest.toJson();
    this.snapshot = snapshot;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<KV<String, Long>>> all) throws IOException {
    Tally tally = new Tally();
    for (KV<String, Long> count : all.getValue()) {
      tally.add(count.getKey(), count.getValue());
    }
    long rows = tally.get(Tally.VECTORS);
    Map<Long, Long> waiting = tally.waiting();
    long waits = waiting.values().stream().mapToLong(n -> n).sum();
    if (tally.get(Tally.REQUESTS) != rows + waits) {
      throw new TrainingSetException(
          tally.get(Tally.REQUESTS)
              + " requests were read, "
              + rows
              + " vectors written and "
              + waits
              + " kept for later; the training set isn't published",
          null);
    }
    boolean any = rows > 0;
    Instant first = any ? Micros.toInstant(tally.get(Tally.EVENT_TIME + ".min")) : null;
    Instant last = any ? Micros.toInstant(tally.get(Tally.EVENT_TIME + ".max")) : null;
    Map<String, Long> counts = new TreeMap<>(tally.drain());
    if (snapshot != null) {
      HeldLabel label = snapshot.label();
      snapshot
          .with(label == null ? null : new HeldLabel(label.definition(), waiting))
          .at(Positions.in(counts, snapshot.positions()))
          .write(SnapshotFolder.in(folder.temporary()));
    }
    counts.keySet().removeIf(name -> !name.contains("/")); // those of a source are for people
    folder.publish(Manifest.fromJson(manifest).with(rows, first, last, counts));
  }
}
