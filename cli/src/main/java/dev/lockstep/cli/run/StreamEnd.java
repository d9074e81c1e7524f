package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.Checkpoints;
import dev.lockstep.beam.kafka.StreamJob;
import dev.lockstep.beam.kafka.StreamPipeline;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.FlinkRest;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;

/**
 * Runs a stream's job to its end, and says why it ended.
 *
 * @param set the feature set's name
 * @param job the job, under any name
 */
record StreamEnd(String set, StreamJob job) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String OURS = "dev.lockstep.";

  /**
   * Runs the job, and tells meanwhile what goes wrong on standard error.
   *
   * @param ready told once a cluster has taken it; in this process, once all tasks run
   * @throws CommandException if it failed, or runs on the cluster already
   */
  PipelineResult.State await(StreamPipeline stream, Cleanup cleanup, Runnable ready)
      throws IOException {
    String name = "lockstep " + set + " on " + job.workFolder().toAbsolutePath().normalize();
    StreamJob shown = job.shownAs(name, job.isLocal() ? freePort() : 0);
    FlinkRest rest =
        new FlinkRest(job.isLocal() ? LOOPBACK + ":" + shown.restPort() : job.flinkMaster());
    if (!job.isLocal()) {
      requireNone(rest, name);
    }
    JobWatch watch =
        cleanup.add(
            new JobWatch(rest, shown, System.err::println, job.isLocal() ? ready : () -> {}));
    try {
      PipelineResult result = shown.run(stream);
      if (!job.isLocal()) {
        ready.run(); // the cluster has taken it
      }
      PipelineResult.State state = result.waitUntilFinish();
      watch.refusal().ifPresent(StreamEnd::refuse);
      return state;
    } catch (RuntimeException e) {
      watch.refusal().ifPresent(StreamEnd::refuse);
      throw Cleanup.isStopping() || isOurs(e) ? e : failed(e);
    }
  }

  private static void refuse(CommandException refusal) {
    throw refusal;
  }

  /** A job lives on when its command was killed, whose lock on the work folder is gone then. */
  private void requireNone(FlinkRest rest, String name) throws IOException {
    try {
      List<String> running = rest.running(name);
      if (!running.isEmpty()) {
        throw new CommandException(
            "the cluster at "
                + job.flinkMaster()
                + " runs this stream on "
                + job.workFolder()
                + " already: job "
                + running.get(0),
            "cancel that job in Flink's UI or with flink cancel, then start again: its last"
                + " checkpoint is gone on from");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static boolean isOurs(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getClass().getName().startsWith(OURS)
          || String.valueOf(t.getMessage()).startsWith(OURS)) {
        return true;
      }
    }
    return false;
  }

  private CommandException failed(RuntimeException failure) throws IOException {
    boolean begun = true;
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
      begun &= !root.getClass().getSimpleName().equals("JobInitializationException");
    }
    Checkpoints checkpoints = new Checkpoints(job.workFolder());
    if (!begun && checkpoints.latest().isPresent()) {
      return JobWatch.notItsState(checkpoints, root.toString());
    }
    CommandException ended =
        new CommandException(
            FailureKind.INFRASTRUCTURE,
            "the stream's job failed"
                + (job.checkpointEvery().isZero() || !begun
                    ? ""
                    : ", after it was begun again up to " + StreamJob.ATTEMPTS + " times")
                + ": "
                + (root.getMessage() == null ? root : root.getMessage()),
            "see what is told above; when the cause is gone, start it again: with the same --work"
                + " folder it goes on where its last checkpoint was");
    ended.addSuppressed(failure);
    return ended;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }
}
