package dev.lockstep.cli.run;

import dev.lockstep.cli.process.FlinkRest;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what Flink otherwise keeps to itself: a checkpoint that wasn't saved, a failure after which
 * the job begins again; and ends a job that can't take its checkpoint, for no try will.
 */
final class JobWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Until the job runs. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(50);

  private static final String CAUSE = "Caused by: ";

  /** Of Flink's, where a job isn't begun again. */
  static final String NO_OTHER_TRY = "SuppressRestartsException";

  /** Of Flink's, where it says that a checkpoint isn't of this job, or isn't readable. */
  private static final List<String> NOT_ITS_STATE =
      List.of(
          "StateMigrationException",
          "Could not restore keyed state backend",
          "Could not restore operator state backend",
          "Cannot map checkpoint/savepoint state");

  private final FlinkRest rest;
  private final String name;
  private final Checkpoints checkpoints;
  private final Consumer<String> words;
  private final Runnable runs;
  private final Thread thread;
  private boolean toldRuns;
  private volatile @Nullable CommandException refusal;
  private volatile boolean closed;
  private long toldCheckpoint;
  private long toldFailureMillis;
  private int failures;

  /**
   * @param rest where Flink tells of the job
   * @param name the job's
   * @param words takes what people must know
   * @param runs told once all of the job's tasks run
   */
  JobWatch(
      FlinkRest rest, String name, Checkpoints checkpoints, Consumer<String> words, Runnable runs) {
    this.rest = rest;
    this.name = name;
    this.checkpoints = checkpoints;
    this.words = words;
    this.runs = runs;
    this.thread = new Thread(this::watch, "lockstep-job-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Why the job was ended by us; empty if it wasn't. */
  Optional<CommandException> refusal() {
    return Optional.ofNullable(refusal);
  }

  private void watch() {
    try {
      while (!closed) {
        Thread.sleep((toldRuns ? LOOK : FIRST_LOOK).toMillis());
        try {
          for (String job : rest.begun(name)) {
            if (!toldRuns && rest.runs(job)) {
              toldRuns = true;
              runs.run();
            }
            tellCheckpoint(job);
            tellFailures(job);
          }
        } catch (IOException e) {
          continue; // Flink begins, ends, or is busy; a cluster that is gone ends the job's result
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellCheckpoint(String job) throws IOException, InterruptedException {
    Optional<FlinkRest.FailedCheckpoint> failed = rest.failedCheckpoint(job);
    if (failed.isEmpty() || failed.get().number() <= toldCheckpoint) {
      return;
    }
    toldCheckpoint = failed.get().number();
    words.accept(
        "checkpoint "
            + toldCheckpoint
            + " wasn't saved in "
            + checkpoints.work()
            + "/checkpoints: "
            + reason(failed.get().reason())
            + room()
            + "\n    the stream goes on, and would come again from "
            + checkpoints.latest().map(Object::toString).orElse("the beginning of its topics")
            + "\n    cure: look at that disk's room and rights; the next one is tried by itself");
  }

  /** Flink doesn't say that a disk is full; on a cluster it may be another machine's. */
  private String room() throws IOException {
    Optional<Path> folder = checkpoints.work().local();
    if (folder.isEmpty()) {
      return "";
    }
    long bytes = Files.getFileStore(folder.get()).getUsableSpace();
    return " (" + (bytes >> 20) + " MB are free there)";
  }

  private void tellFailures(String job) throws IOException, InterruptedException {
    for (FlinkRest.Failure failure : rest.failures(job)) {
      if (failure.atMillis() <= toldFailureMillis) {
        continue;
      }
      toldFailureMillis = failure.atMillis();
      if (NOT_ITS_STATE.stream().anyMatch(failure.trace()::contains)) {
        refusal = notItsState(checkpoints, reason(failure.trace()));
        rest.cancel(name);
        return;
      }
      if (failure.trace().contains(NO_OTHER_TRY)) {
        continue; // the job's end, which is told as that
      }
      failures++;
      words.accept(
          "the job failed ("
              + failures
              + (failures == 1 ? " time" : " times")
              + ") and begins again from its last checkpoint: "
              + reason(failure.trace()));
    }
  }

  /** A checkpoint that isn't taken: no try will. */
  static CommandException notItsState(Checkpoints checkpoints, String reason) throws IOException {
    return new CommandException(
        FailureKind.DATA,
        "the job can't take its state from "
            + checkpoints.latest().map(Object::toString).orElse(checkpoints.work() + "/checkpoints")
            + ": "
            + reason,
        "it was written by another version, or is damaged: give another --work folder, where the"
            + " stream reads its topics from the start or goes on from a --snapshot; or run the"
            + " version that wrote it");
  }

  /** The innermost cause's line. */
  static String reason(String trace) {
    int last = trace.lastIndexOf(CAUSE);
    String cause = last < 0 ? trace : trace.substring(last + CAUSE.length());
    return cause.strip().lines().findFirst().orElse("no reason");
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
