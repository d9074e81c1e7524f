package dev.lockstep.cli.run;

import dev.lockstep.cli.process.FlinkRest;
import dev.lockstep.cli.process.StopSignals;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.Checkpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * The orderly end of a stream that runs in this process: told to end, it stops reading, saves its
 * state, and only then ends, so that nothing is answered twice when it goes on.
 */
final class StreamStop implements AutoCloseable {
  private final FlinkRest rest;
  private final String name;
  private final Checkpoints checkpoints;
  private final Duration patience;
  private final Consumer<String> words;
  private final CountDownLatch jobEnded = new CountDownLatch(1);
  private final StopSignals signals;
  private volatile boolean begun;

  /**
   * @param name the job's
   * @param patience how long the savepoint may take
   * @param words takes lines for people
   */
  StreamStop(
      FlinkRest rest,
      String name,
      Checkpoints checkpoints,
      Duration patience,
      Consumer<String> words) {
    this.rest = rest;
    this.name = name;
    this.checkpoints = checkpoints;
    this.patience = patience;
    this.words = words;
    this.signals = new StopSignals(this::stop);
  }

  private void stop() {
    try {
      Optional<String> failure = savepoint();
      if (failure.isPresent() && jobEnded.getCount() > 0) {
        words.accept(
            "the state wasn't saved at the stop: "
                + failure.get()
                + "\n    the stream ends as if it were killed: started again with the same --work"
                + " it goes on from "
                + checkpoints.latest().map(Object::toString).orElse("the beginning of its topics")
                + ", and vectors since then come again");
        System.exit(FailureKind.INFRASTRUCTURE.exitCode());
      }
    } catch (IOException e) {
      words.accept("the work folder can't be looked at: " + e.getMessage());
      System.exit(FailureKind.INFRASTRUCTURE.exitCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the job; says why, if that fails. Flink in this process is gone with its job. */
  private Optional<String> savepoint() throws InterruptedException {
    String id;
    String request;
    try {
      List<String> jobs = rest.begun(name);
      if (jobs.isEmpty()) {
        System.exit(FailureKind.INTERRUPTED); // nothing runs yet that could be saved
      }
      id = jobs.get(0);
      words.accept(
          "stopping: the state is saved in "
              + checkpoints.work()
              + ", which may take "
              + patience.toSeconds()
              + " s; another signal ends at once");
      begun = true;
      request = rest.stop(id, checkpoints.savepoints());
    } catch (IOException e) {
      return Optional.of("Flink in this process doesn't answer (" + e.getMessage() + ")");
    }
    return SavepointWait.of(rest, id, request, patience, jobEnded);
  }

  /** Tells that the job has ended, before it is asked how. */
  void jobEnded() {
    jobEnded.countDown();
  }

  /**
   * The savepoint with which the job was stopped; empty if it ended otherwise.
   *
   * @throws IOException if the work folder can't be read
   */
  Optional<Checkpoints.Saved> savedAtStop() throws IOException {
    return begun ? checkpoints.latest().filter(Checkpoints.Saved::isSavepoint) : Optional.empty();
  }

  @Override
  public void close() {
    signals.close();
  }
}
