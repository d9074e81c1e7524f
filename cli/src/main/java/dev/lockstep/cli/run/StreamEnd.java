package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.StreamJob;
import dev.lockstep.beam.kafka.StreamPipeline;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.FlinkRest;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.cli.work.WorkFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.PipelineResult;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stream's job to its end, and says why it ended.
 *
 * @param set the feature set's name
 * @param options how it runs
 * @param work where its state is saved
 * @param words takes lines for people, of a job in this process
 */
record StreamEnd(String set, JobOptions options, WorkFiles work, Consumer<String> words) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String OURS = "dev.lockstep.";

  /**
   * How a job ended.
   *
   * @param bySignal whether a signal stopped it, which saved its state
   */
  record Ended(PipelineResult.State state, boolean bySignal) {}

  /** By which Flink shows the job of a set's stream. */
  static String jobName(String set, WorkFiles work) {
    return "lockstep " + set + " on " + work.name();
  }

  /**
   * Runs the job, and tells meanwhile what goes wrong on standard error.
   *
   * @param cluster the one that is to run it; null for this process
   * @param ready told once a cluster has taken it; in this process, once all tasks run
   * @throws CommandException if it failed, or runs on the cluster already
   */
  Ended await(
      StreamJob job,
      @Nullable ClusterJob cluster,
      StreamPipeline stream,
      Cleanup cleanup,
      Runnable ready)
      throws IOException, InterruptedException {
    String name = jobName(set, work);
    boolean isLocal = options.isLocal();
    StreamJob shown = job.shownAs(name, isLocal ? freePort() : 0);
    FlinkRest rest = new FlinkRest(isLocal ? LOOPBACK + ":" + shown.restPort() : options.master());
    if (cluster != null) {
      cluster.check();
      cleanup.add(this::tellThatItGoesOn);
    }
    Checkpoints checkpoints = new Checkpoints(work);
    JobWatch watch =
        cleanup.add(
            new JobWatch(rest, name, checkpoints, System.err::println, isLocal ? ready : () -> {}));
    Duration patience = options.stopWithin();
    StreamStop stop =
        isLocal && patience != null
            ? cleanup.add(new StreamStop(rest, name, checkpoints, patience, words))
            : null;
    try {
      PipelineResult result = shown.run(stream);
      if (!isLocal) {
        ready.run(); // the cluster has taken it
      }
      PipelineResult.State state = result.waitUntilFinish();
      watch.refusal().ifPresent(StreamEnd::refuse);
      return new Ended(state, stop != null && isStopped(stop));
    } catch (RuntimeException e) {
      watch.refusal().ifPresent(StreamEnd::refuse);
      throw Cleanup.isStopping() || isOurs(e) ? e : failed(e);
    }
  }

  /** The cluster's job doesn't end with this process. */
  private void tellThatItGoesOn() {
    if (Cleanup.isStopping()) {
      System.err.println(
          "lockstep: the stream goes on at "
              + options.master()
              + "; lockstep stop with its --work and --flink-master stops it");
    }
  }

  private boolean isStopped(StreamStop stop) throws IOException {
    stop.jobEnded();
    Optional<Checkpoints.Saved> saved = stop.savedAtStop();
    saved.ifPresent(
        savepoint ->
            words.accept(
                "stopped; the state is in "
                    + savepoint
                    + "\n    started again with the same --work, the stream goes on from there"));
    return saved.isPresent();
  }

  private static void refuse(CommandException refusal) {
    throw refusal;
  }

  /**
   * Refuses a cluster that runs this stream: a job lives on when its command was killed, whose lock
   * on the work folder is gone then.
   *
   * @throws CommandException naming the job
   */
  void requireNone() throws InterruptedException {
    try {
      List<String> running = new FlinkRest(options.master()).running(jobName(set, work));
      if (!running.isEmpty()) {
        throw new CommandException(
            "the cluster at "
                + options.master()
                + " runs this stream on "
                + work
                + " already: job "
                + running.get(0),
            "stop that job with lockstep stop, --work and --flink-master, then start again: what it"
                + " saves is gone on from");
      }
    } catch (IOException e) {
      return; // what it is, the cluster's check says
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
    boolean tried = !options.checkpointEvery().isZero();
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
      begun &= !root.getClass().getSimpleName().equals("JobInitializationException");
      tried &= !root.toString().contains(JobWatch.NO_OTHER_TRY);
    }
    Checkpoints checkpoints = new Checkpoints(work);
    if (!begun && checkpoints.latest().isPresent()) {
      return JobWatch.notItsState(checkpoints, root.toString());
    }
    CommandException ended =
        new CommandException(
            FailureKind.INFRASTRUCTURE,
            "the stream's job failed"
                + (tried && begun
                    ? ", after it was begun again up to " + StreamJob.ATTEMPTS + " times"
                    : "")
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
