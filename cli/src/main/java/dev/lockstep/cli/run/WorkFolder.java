package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.SeenBroker;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.cli.work.WorkFiles;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The folder of one stream's state: nobody else's while it runs, and of one definition. */
public final class WorkFolder implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 100_000_000L;

  private final WorkFiles work;
  private final @Nullable WorkLock lock;

  private WorkFolder(WorkFiles work, @Nullable WorkLock lock) {
    this.work = work;
    this.lock = lock;
  }

  /**
   * Takes a folder for a stream; it is made if it isn't there. Elsewhere than on a file system of
   * this machine there are no locks.
   *
   * @throws CommandException naming the process, if a stream is running on it
   * @throws IOException if it can't be made or written
   */
  public static WorkFolder take(WorkFiles work) throws IOException {
    return new WorkFolder(
        work, work.local().isPresent() ? WorkLock.take(work.local().get()) : null);
  }

  /** Whether a lock keeps others out of the folder; else only the status topic tells of them. */
  public boolean isLocked() {
    return lock != null;
  }

  /**
   * Refuses what another stream, definition or broker has left in the folder.
   *
   * @param live whether the topics are live, or hold a replay
   * @param backend where the stream is to keep its state
   * @throws CommandException with what differs, and the cure
   */
  public void require(FeaturePlan plan, boolean live, StateBackend backend, String kafka)
      throws IOException {
    SeenBroker broker = new Topics(kafka).seen(StreamTopics.of("", plan).all(plan));
    require(work, StateOwner.of(plan, live, backend, broker));
  }

  /**
   * The backend whose form the folder's checkpoints are of; empty if it holds none, or a savepoint,
   * which any reads.
   */
  public static Optional<StateBackend> backend(WorkFiles work) throws IOException {
    Optional<Checkpoints.Saved> saved = new Checkpoints(work).latest();
    return saved.isEmpty() || saved.get().isSavepoint()
        ? Optional.empty()
        : StateOwner.read(work).map(StateOwner::backend);
  }

  /**
   * What {@link #take} and {@link #require} would refuse; takes and writes nothing.
   *
   * @param kafka null for an embedded broker
   */
  static void look(
      WorkFiles work, FeaturePlan plan, boolean live, StateBackend backend, @Nullable String kafka)
      throws IOException {
    if (work.local().isPresent()) {
      WorkLock.requireFree(work.local().get());
    }
    SeenBroker broker =
        kafka == null
            ? new SeenBroker("an embedded one", Map.of(), Map.of())
            : new Topics(kafka).seen(StreamTopics.of("", plan).all(plan));
    require(work, StateOwner.of(plan, live, backend, broker));
  }

  private static void require(WorkFiles work, StateOwner now) throws IOException {
    Optional<Checkpoints.Saved> checkpoint = new Checkpoints(work).latest();
    if (checkpoint.isEmpty()) {
      return; // no state, so nobody's
    }
    Optional<StateOwner> before = StateOwner.read(work);
    if (before.isEmpty()) {
      throw new CommandException(
          FailureKind.DATA,
          work
              + " holds checkpoints that don't say whose they are: they are an older version's, or"
              + " "
              + StateOwner.FILE
              + " was removed",
          "give another --work folder: the stream then reads its topics from the start, or goes on"
              + " from a --snapshot");
    }
    StateOwner was = before.get();
    List<String> words = StateDifference.between(was, now);
    boolean isBackendAlone = StateDifference.between(was, now.with(was.backend())).isEmpty();
    if (!isBackendAlone) {
      throw refused(work, was, now, words);
    }
    if (!words.isEmpty() && !checkpoint.get().isSavepoint()) {
      throw otherBackend(checkpoint.get(), was.backend(), now.backend(), words);
    }
  }

  private static CommandException otherBackend(
      Checkpoints.Saved checkpoint, StateBackend before, StateBackend now, List<String> words) {
    return new CommandException(
        FailureKind.DATA,
        "the state in " + checkpoint + " isn't this stream's: " + String.join("; ", words),
        "start the stream with --state "
            + word(before)
            + " and stop it (Ctrl-C, or lockstep stop): a stop leaves a savepoint, which both"
            + " read; then start it with --state "
            + word(now));
  }

  private static String word(StateBackend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }

  private static CommandException refused(
      WorkFiles work, StateOwner before, StateOwner now, List<String> words) {
    StringBuilder problem = new StringBuilder();
    problem.append("the state in ").append(work).append(" isn't this stream's: ");
    problem.append(String.join("; ", words));
    StateDifference.lines(before, now).forEach(line -> problem.append("\n      ").append(line));
    return new CommandException(
        FailureKind.DATA,
        problem.toString(),
        "give another --work folder: the stream then reads its topics from the start, or goes on"
            + " from a --snapshot; or go back to the old definition, broker and topics");
  }

  /**
   * Writes down whose state the folder holds from now on, and removes what earlier runs left that
   * nobody goes on from. The topics are there by now.
   *
   * @throws CommandException if Kafka doesn't show the topics within ten seconds
   */
  public void keep(FeaturePlan plan, boolean live, StateBackend backend, String kafka)
      throws IOException {
    Topics broker = new Topics(kafka);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    StateOwner now =
        StateOwner.of(plan, live, backend, broker.seen(StreamTopics.of("", plan).all(plan)));
    // A broker of several tells of a topic a moment after it was made.
    while (!now.isWhole(plan)) {
      if (System.nanoTime() > deadline) {
        throw new CommandException(
            FailureKind.INFRASTRUCTURE,
            "Kafka at "
                + kafka
                + " doesn't show all topics of "
                + plan.name()
                + ", of which are "
                + now.inputs().keySet()
                + " and "
                + now.outputs().keySet(),
            "look at the broker's log, and start the stream again");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      now = StateOwner.of(plan, live, backend, broker.seen(StreamTopics.of("", plan).all(plan)));
    }
    Checkpoints checkpoints = new Checkpoints(work);
    Optional<Checkpoints.Saved> latest = checkpoints.latest();
    if (latest.isEmpty()) {
      now.write(work);
    } else if (latest.get().isSavepoint()) { // the checkpoints that follow are this backend's
      StateOwner.read(work).orElse(now).with(backend).write(work);
    }
    checkpoints.removeOld();
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }
}
