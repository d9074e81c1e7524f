package dev.lockstep.beam.snapshot;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  private static final Pattern DAY = Pattern.compile("date=\\d{4}-\\d\\d-\\d\\d");

  public static SnapshotFolder in(Path trainingSet) {
    return new SnapshotFolder(trainingSet.resolve(NAME).toString());
  }

  /**
   * The snapshot that a user means.
   *
   * @param given a snapshot's folder, a training set that was written with one, or a folder of
   *     days, of which the newest that has one counts
   * @throws SnapshotException if there is none
   */
  public static SnapshotFolder found(Path given) {
    Path folder = given.toAbsolutePath().normalize();
    SnapshotFolder itself = new SnapshotFolder(folder.toString());
    if (Files.isRegularFile(itself.manifest())) {
      return itself;
    }
    if (Files.isRegularFile(in(folder).manifest())) {
      return in(folder);
    }
    try (Stream<Path> days = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      return days.filter(d -> DAY.matcher(d.getFileName().toString()).matches())
          .map(SnapshotFolder::in)
          .filter(s -> Files.isRegularFile(s.manifest()))
          .max(Comparator.comparing(SnapshotFolder::path))
          .orElseThrow(
              () ->
                  new SnapshotException(
                      "there is no snapshot in "
                          + folder
                          + "\n    cure: give the folder that backfill --by-day writes, a day in it,"
                          + " or the day's "
                          + NAME
                          + "; the last three days have one",
                      null));
    } catch (IOException e) {
      throw new SnapshotException(folder + " can't be listed (" + e + ")", e);
    }
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
