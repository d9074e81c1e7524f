package dev.lockstep.cli.run;

import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.stream.SnapshotLoad;
import dev.lockstep.beam.stream.StreamSettings;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** A snapshot on its way into Redis. */
public final class LoadRun {
  private final SnapshotLoad load;

  private LoadRun(SnapshotLoad load) {
    this.load = load;
  }

  /**
   * A load, ready to run.
   *
   * @param given a snapshot's folder, a day's, or that of all days
   * @throws dev.lockstep.beam.snapshot.SnapshotException if there is no snapshot of this definition
   */
  public static LoadRun of(FeaturePlan plan, Path given) {
    return new LoadRun(
        new SnapshotLoad(plan, SnapshotFolder.found(given), StreamSettings.DEFAULT.generation()));
  }

  /**
   * Loads all.
   *
   * @throws dev.lockstep.cli.project.CommandException if Redis can't be used
   * @throws IOException if a file can't be read
   */
  public SnapshotLoad.Counts run(String redis, SnapshotLoad.Listener listener) throws IOException {
    return load.run(StoreCheck.reachable(redis), listener);
  }

  /**
   * Looks at all of the snapshot and at what Redis holds, and writes nothing.
   *
   * @return how many events it carries that no cell holds yet
   * @throws dev.lockstep.cli.project.CommandException if Redis can't be used
   * @throws IOException if a file can't be read
   */
  public long check(String redis) throws IOException {
    return load.check(StoreCheck.reachable(redis));
  }

  /** What became available from this instant on is not in the snapshot. */
  public Instant cut() {
    return load.snapshot().cut();
  }

  /** What a load did, for people. */
  public String text(SnapshotLoad.Counts counts) {
    String text =
        String.format(
            Locale.ROOT,
            "snapshot of %s: %d entities, %d cells written, %d that Redis had as new or newer",
            load.snapshot().cut(),
            counts.entities(),
            counts.written(),
            counts.newer());
    return counts.carried() == 0
        ? text
        : text
            + String.format(
                Locale.ROOT,
                "; %d events that were read ahead of their availability are in no cell: a stream"
                    + " that goes on from the snapshot brings them, or the next day's load",
                counts.carried());
  }
}
