package dev.lockstep.cli.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder under which a project's files are, by kind.
 *
 * <pre>
 * DATA/PROJECT/history     the project's Parquet history
 *              training    the training set that backfill writes and train reads
 *              leak        the two training sets that leak compares
 *              model       what train writes and score reads
 *              decisions   the actor's database
 *              demo        what the last demo left: model, decisions, training set, logs
 *              schemas     Avro schemas that messages may be written by
 *              logs        of the processes that a command started
 *     /runs                temporary folders of running commands
 * </pre>
 *
 * @param data the folder above
 * @param project the project's name
 */
public record Workspace(Path data, String project) {

  /** A workspace of a folder that can be written. */
  public static Workspace of(Path data, String project) {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw unwritable(data);
    }
    if (!Files.isWritable(data)) {
      throw unwritable(data);
    }
    return new Workspace(data.toAbsolutePath().normalize(), project);
  }

  /**
   * The same of a folder that is only looked at: it isn't made if it isn't there.
   *
   * @throws CommandException if it couldn't be written
   */
  public static Workspace untouched(Path data, String project) {
    Path there = data.toAbsolutePath().normalize();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there != null && !(Files.isDirectory(there) && Files.isWritable(there))) {
      throw unwritable(data);
    }
    return new Workspace(data.toAbsolutePath().normalize(), project);
  }

  private static CommandException unwritable(Path data) {
    return new CommandException(
        FailureKind.INFRASTRUCTURE,
        "the folder " + data + " can't be written",
        "give another with --data DIR");
  }

  private Path own() {
    return data.resolve(project);
  }

  public Path history() {
    return own().resolve("history");
  }

  public Path training() {
    return own().resolve("training");
  }

  public Path leak() {
    return own().resolve("leak");
  }

  public Path model() {
    return own().resolve("model");
  }

  public Path decisions() {
    return own().resolve("decisions");
  }

  public Path demo() {
    return own().resolve("demo");
  }

  public Path logs() {
    return own().resolve("logs");
  }

  /** {@code schemas} in the working folder, if it is there: people write these files by hand. */
  public Path schemas() {
    Path beside = Path.of("schemas").toAbsolutePath();
    return Files.isDirectory(beside) ? beside : own().resolve("schemas");
  }

  public Path runs() {
    return data.resolve("runs");
  }
}
