package dev.lockstep.cli.run;

import dev.lockstep.cli.process.FlinkRest;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.cli.work.WorkFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stops a stream that another process, or a Flink cluster, runs, with its state saved.
 *
 * @param set the feature set's name
 * @param work its work folder
 * @param patience how long to wait
 */
public record StopRun(String set, WorkFiles work, Duration patience) {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Pattern PROCESS = Pattern.compile("process (\\d+) of (.*)");

  /**
   * A stream that was stopped.
   *
   * @param stream what ran it, for people
   * @param savepoint where its state is
   */
  public record Stopped(String stream, Checkpoints.Saved savepoint) {}

  /** Of a work folder as it was given. */
  public static StopRun of(String set, String work, Duration patience) {
    return new StopRun(set, WorkFiles.of(work), patience);
  }

  /**
   * Stops a process of this machine.
   *
   * @throws CommandException if none runs on the work folder, or its state wasn't saved
   * @throws IOException if the work folder can't be read
   */
  public Stopped process() throws IOException, InterruptedException {
    Path folder = work.local().orElseThrow(this::elsewhere);
    String holder =
        WorkLock.holder(folder)
            .orElseThrow(
                () ->
                    new CommandException(
                        "no stream runs on " + work,
                        "give the stream's own --work; of one on a cluster --flink-master, too"));
    Matcher process = PROCESS.matcher(holder);
    if (!process.matches() || !process.group(2).equals(WorkLock.host())) {
      throw new CommandException(
          "the stream on " + work + " is " + holder + ", and this is " + WorkLock.host(),
          "stop it there, with the same command or by a signal (SIGTERM) to the process");
    }
    Optional<Checkpoints.Saved> before = new Checkpoints(work).latest();
    end(holder, Long.parseLong(process.group(1)));
    return new Stopped(
        holder,
        new Checkpoints(work)
            .latest()
            .filter(saved -> saved.isSavepoint() && !before.equals(Optional.of(saved)))
            .orElseThrow(() -> notSaved(holder)));
  }

  private CommandException elsewhere() {
    return new CommandException(
        "which process runs the stream on " + work + " isn't known: there is no lock on it",
        "stop it by a signal (SIGTERM) to its process; of one on a cluster give --flink-master");
  }

  private CommandException notSaved(String holder) {
    return new CommandException(
        FailureKind.INFRASTRUCTURE,
        holder + " has ended, and its state wasn't saved at the stop",
        "see what it printed; started again with the same --work it goes on from its last"
            + " checkpoint, and vectors since then come again");
  }

  private void end(String holder, long pid) throws InterruptedException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      return; // it ends already
    }
    if (!process.get().destroy() && process.get().isAlive()) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          holder + " can't be told to end",
          "stop it as the user who started it");
    }
    try {
      process.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          holder + " was told to end and hasn't within " + patience.toSeconds() + " s",
          "it may still be saving: wait, or look at what it prints; how long that may take is the"
              + " stream's --stop-seconds");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Stops a job of a cluster.
   *
   * @param master host:port of its REST interface
   * @throws CommandException if no job runs the stream there, or its state wasn't saved
   * @throws IOException if the work folder can't be read
   */
  public Stopped onCluster(String master) throws IOException, InterruptedException {
    FlinkRest rest = new FlinkRest(master.replaceFirst("^http://", ""));
    String name = StreamEnd.jobName(set, work);
    String job = "";
    try {
      List<String> running = rest.running(name);
      if (running.isEmpty()) {
        throw new CommandException(
            "the cluster at " + master + " runs no job named [" + name + "]",
            "give the --work with which the stream was started");
      }
      job = running.get(0);
      String request = rest.stop(job, new Checkpoints(work).savepoints());
      Optional<String> failure =
          SavepointWait.of(rest, job, request, patience, new CountDownLatch(1));
      if (failure.isPresent()) {
        throw new CommandException(
            FailureKind.INFRASTRUCTURE,
            "job " + job + " wasn't stopped, for its state wasn't saved: " + failure.get(),
            "it goes on; cure the cause and stop it again, or end it with flink cancel: it then goes"
                + " on from its last checkpoint");
      }
      long deadline = System.nanoTime() + patience.toNanos();
      while (!rest.running(name).isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK.toMillis());
      }
    } catch (IOException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "the cluster at " + master + " can't be asked to stop it: " + e.getMessage(),
          "see whether the JobManager is well, and try again");
    }
    String stopped = "job " + job;
    return new Stopped(
        stopped,
        new Checkpoints(work)
            .latest()
            .filter(Checkpoints.Saved::isSavepoint)
            .orElseThrow(() -> notSaved(stopped)));
  }
}
