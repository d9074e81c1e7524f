package dev.lockstep.cli.work;

import dev.lockstep.beam.kafka.StreamJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checkpoints and savepoints in a stream's work folder.
 *
 * <pre>
 *   checkpoints/JOB/chk-N/_metadata   written last: the checkpoint is whole
 *   savepoints/savepoint-X/_metadata  the same, of a stop
 *   tmp                               what Flink in this process puts there while it runs
 * </pre>
 *
 * <p>Each start is another job to Flink, with a folder of its own.
 *
 * @param work the work folder; may be missing
 */
public record Checkpoints(WorkFiles work) {
  private static final String FOLDER = "checkpoints";
  private static final String SAVEPOINTS = "savepoints";
  private static final String WHOLE = "_metadata";
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SAVEPOINT = Pattern.compile("savepoint-[0-9a-f]{6}-[0-9a-f]+");

  /** The folder may hold what isn't ours, too. */
  private static final Pattern FLINKS =
      Pattern.compile("(flink-|blobStore-|minicluster_|tm_|localState|jm_|rocksdb-lib-).*");

  /** Those in a folder of this machine. */
  public Checkpoints(Path work) {
    this(WorkFiles.of(work));
  }

  /**
   * A state that a job can go on from.
   *
   * @param work its work folder
   * @param path its folder in that
   * @param isSavepoint whether it was written by a stop, in a form that any backend reads
   */
  public record Saved(WorkFiles work, String path, boolean isSavepoint) {
    /** Where Flink finds it. */
    public String uri() {
      return work.uri(path);
    }

    /** Its folder on this machine; empty if it is elsewhere. */
    public Optional<Path> local() {
      return work.local().map(folder -> folder.resolve(path));
    }

    @Override
    public String toString() {
      return work + "/" + path;
    }
  }

  /** The URI of the folder of checkpoints. */
  public String uri() {
    return work.uri(FOLDER);
  }

  /** The URI of the folder of savepoints. */
  public String savepoints() {
    return work.uri(SAVEPOINTS);
  }

  /** The newest whole one. */
  public Optional<Saved> latest() throws IOException {
    Saved newest = null;
    long at = Long.MIN_VALUE;
    for (WorkFiles.Found job : work.list(FOLDER)) {
      String folder = FOLDER + "/" + job.name();
      for (WorkFiles.Found checkpoint : work.list(folder)) {
        String path = folder + "/" + checkpoint.name();
        Optional<Long> whole = checkpoint.isFolder() ? whole(path) : Optional.empty();
        if (whole.isPresent() && whole.get() > at) {
          at = whole.get();
          newest = new Saved(work, path, false);
        }
      }
    }
    for (WorkFiles.Found savepoint : work.list(SAVEPOINTS)) {
      String path = SAVEPOINTS + "/" + savepoint.name();
      Optional<Long> whole = savepoint.isFolder() ? whole(path) : Optional.empty();
      if (whole.isPresent() && whole.get() >= at) { // of one moment, the stop came after
        at = whole.get();
        newest = new Saved(work, path, true);
      }
    }
    return Optional.ofNullable(newest);
  }

  /** When it became whole; empty if it isn't. */
  private Optional<Long> whole(String path) throws IOException {
    return work.list(path).stream()
        .filter(file -> file.name().equals(WHOLE))
        .map(WorkFiles.Found::changedMillis)
        .findFirst();
  }

  /**
   * Removes what earlier jobs left, but for the newest whole checkpoint's: a folder that is used
   * again and again doesn't grow. No job may be running on it.
   */
  public void removeOld() throws IOException {
    for (WorkFiles.Found left : work.list(StreamJob.TEMPORARY)) {
      if (FLINKS.matcher(left.name()).matches()) {
        work.delete(StreamJob.TEMPORARY + "/" + left.name());
      }
    }
    String kept = latest().map(Saved::path).orElse("");
    for (WorkFiles.Found job : work.list(FOLDER)) {
      String path = FOLDER + "/" + job.name();
      if (JOB.matcher(job.name()).matches() && !kept.startsWith(path + "/")) {
        work.delete(path);
      }
    }
    for (WorkFiles.Found savepoint : work.list(SAVEPOINTS)) {
      String path = SAVEPOINTS + "/" + savepoint.name();
      if (SAVEPOINT.matcher(savepoint.name()).matches() && !kept.equals(path)) {
        work.delete(path);
      }
    }
  }
}
