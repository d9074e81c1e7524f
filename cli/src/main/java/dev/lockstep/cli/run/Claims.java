package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.ClaimLog;
import dev.lockstep.beam.kafka.ClaimSign;
import dev.lockstep.beam.kafka.StreamClaim;
import dev.lockstep.beam.kafka.StreamJob;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.work.WorkFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;

/**
 * Who is the stream of a feature set, by its status topic: one start at a time, on whatever
 * machines and clusters.
 *
 * @param kafka the bootstrap servers
 * @param topic the status topic
 * @param place where this start runs, for people; one that claimed from there before has ended, as
 *     its lock or its cluster has told
 * @param clock this machine's
 */
record Claims(String kafka, String topic, String place, InstantSource clock) {
  /** Longer than a living stream gives no sign, but for a broker that is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A sign as old as that is a dead one's, however wrong clocks are. */
  private static final Duration OLD = Duration.ofMinutes(2);

  /**
   * Of a start.
   *
   * @param master {@code [local]} or a cluster's address
   * @param isLocked whether no other process can be on its work folder
   */
  static Claims of(String kafka, String topic, String master, WorkFiles work, boolean isLocked) {
    String where =
        master.equals(StreamJob.LOCAL)
            // Where there is no lock, another process of this machine may be alive.
            ? (isLocked ? "" : WorkLock.process() + " of ") + WorkLock.host()
            : "the cluster at " + master;
    return new Claims(kafka, topic, where + ", work folder " + work.name(), InstantSource.system());
  }

  /**
   * Makes this start the stream.
   *
   * @param takesOver whether another one that runs is to end itself
   * @throws CommandException naming it, if it isn't
   */
  StreamClaim take(boolean takesOver) throws InterruptedException {
    try (ClaimLog log = new ClaimLog(kafka, topic, 0)) {
      Optional<ClaimLog.Seen> other = takesOver ? Optional.empty() : living(log);
      if (other.isPresent()) {
        throw taken(other.get().sign());
      }
      String start = UUID.randomUUID().toString();
      long offset = log.append(ClaimSign.claimOf(start, place));
      return new StreamClaim(topic, start, offset, place);
    } catch (KafkaException e) {
      throw unknown(e);
    }
  }

  /**
   * Refuses what {@link #take} would; claims nothing.
   *
   * @throws CommandException naming the one that runs
   */
  void requireNone() {
    try (ClaimLog log = new ClaimLog(kafka, topic, 0)) {
      Optional<ClaimLog.Seen> other = living(log);
      if (other.isPresent()) {
        throw taken(other.get().sign());
      }
    } catch (KafkaException e) {
      throw unknown(e);
    }
  }

  /** Tells that this start has come to an end, so that another needn't wait for its silence. */
  void ended(StreamClaim claim) throws InterruptedException {
    try (ClaimLog log = new ClaimLog(kafka, topic, claim.offset())) {
      var unused = log.append(ClaimSign.of(claim, ClaimSign.What.ENDED));
    } catch (KafkaException e) {
      return; // its silence tells it, too
    }
  }

  /** The last sign of another start that is the stream and alive. */
  private Optional<ClaimLog.Seen> living(ClaimLog log) {
    List<ClaimLog.Seen> signs = log.readToEnd();
    Optional<ClaimLog.Seen> claimed =
        signs.stream().max(Comparator.comparingLong(ClaimLog.Seen::claim));
    if (claimed.isEmpty() || claimed.get().sign().place().equals(place)) {
      return Optional.empty();
    }
    String start = claimed.get().sign().start();
    Set<ClaimSign.What> told = new HashSet<>();
    long last = Long.MIN_VALUE;
    for (ClaimLog.Seen seen : signs) {
      if (seen.sign().start().equals(start)) {
        told.add(seen.sign().what());
        last = Math.max(last, seen.atMillis());
      }
    }
    if (told.contains(ClaimSign.What.ENDED) || last < clock.millis() - OLD.toMillis()) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (ClaimLog.Seen seen : log.poll(Duration.ofMillis(200))) {
        if (seen.sign().what() == ClaimSign.What.ALIVE && !seen.sign().place().equals(place)) {
          return Optional.of(seen);
        }
      }
    }
    return Optional.empty();
  }

  private CommandException unknown(KafkaException e) {
    return new CommandException(
        FailureKind.INFRASTRUCTURE,
        "Kafka at " + kafka + " can't tell who is this stream, by " + topic + ": " + e.getMessage(),
        "see that it is well, and that this user may read and write that topic");
  }

  private CommandException taken(ClaimSign other) {
    return new CommandException(
        "this stream runs already: " + other.place() + " (start " + other.start() + ")",
        "stop that one first (lockstep stop, where it runs); or give --take-over: this start is then"
            + " the stream, and that one ends itself");
  }
}
