package dev.lockstep.cli.run;

import dev.lockstep.cli.process.FlinkRest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until a stop has saved the state. */
final class SavepointWait {
  private static final Duration LOOK = Duration.ofMillis(100);

  private SavepointWait() {}

  /**
   * Waits.
   *
   * @param request what the stop gave
   * @param jobEnded is at zero once the job has ended, with which Flink may be gone
   * @return why nothing was saved; empty if it was, or the job has ended
   */
  static Optional<String> of(
      FlinkRest rest, String job, String request, Duration patience, CountDownLatch jobEnded)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      if (jobEnded.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      try {
        FlinkRest.Savepoint savepoint = rest.savepoint(job, request);
        String failure = savepoint.failure();
        if (failure != null) {
          return Optional.of(JobWatch.reason(failure));
        }
        if (!savepoint.isBeingTaken()) {
          return Optional.empty();
        }
      } catch (IOException e) {
        last = " (" + e.getMessage() + ")"; // Flink ends, or is busy
      }
    }
    return Optional.of("it wasn't done within " + patience.toSeconds() + " s" + last);
  }
}
