package dev.lockstep.beam.snapshot;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The files of a snapshot.
 *
 * <pre>
 * snapshot.json          {@link Snapshot}: what it is; without it there is none
 * entities-00017.state   {@link EntityRecord}s of a shard of keys, by space, then by the key's bytes
 * ids-00017.state        {@link SeenId}s of a shard of ids of a source, by id
 * carried.state          {@link CarriedRow}s
 *
 * with a label that may come on a later day (L6):
 * labels-00017.state     {@link EntityRecord}s of what came for the label, of a shard of keys
 * waiting-00017.state    {@link WaitingRow}s; snapshot.json says which there are
 * </pre>
 *
 * @param path of the folder
 */
public record SnapshotFolder(String path) implements Serializable {
  /** Its name in the folder of the training set that it was written with. */
  public static final String NAME = "_state";

  public static SnapshotFolder in(Path trainingSet) {
    return new SnapshotFolder(trainingSet.resolve(NAME).toString());
  }

  public Path folder() {
    return Path.of(path);
  }

  public Path manifest() {
    return folder().resolve(Snapshot.FILE);
  }

  public Path entities(int shard) {
    return folder().resolve(String.format(Locale.ROOT, "entities-%05d.state", shard));
  }

  public Path ids(int shard) {
    return folder().resolve(String.format(Locale.ROOT, "ids-%05d.state", shard));
  }

  /** What the label's keys of a shard hold. */
  public Path labels(int shard) {
    return folder().resolve(String.format(Locale.ROOT, "labels-%05d.state", shard));
  }

  /** Rows that wait for their label; the number says only which file it is. */
  public Path waiting(long number) {
    return folder().resolve(String.format(Locale.ROOT, "waiting-%05d.state", number));
  }

  public Path carried() {
    return folder().resolve("carried.state");
  }
}
