package dev.lockstep.cli.status;

import dev.lockstep.beam.kafka.ClaimLog;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.plan.FeaturePlan;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Follows the status topic of a feature set, in a thread of its own. */
public final class StandingWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final StreamStanding standing;
  private final ClaimLog log;
  private final Thread thread;
  private volatile boolean closed;

  private StandingWatch(StreamStanding standing, ClaimLog log) {
    this.standing = standing;
    this.log = log;
    this.thread = new Thread(this::follow, "lockstep-status");
    thread.setDaemon(true);
  }

  /**
   * Reads what stands there, and follows what comes.
   *
   * @throws CommandException if Kafka doesn't answer, or no stream of the set was ever started
   *     there
   */
  public static StandingWatch open(FeaturePlan plan, String kafka) {
    StreamTopics topics = StreamTopics.of("", plan);
    String status = topics.status(plan);
    if (new Topics(kafka).missing(List.of(status)).contains(status)) {
      throw new CommandException(
          "no stream of " + plan.name() + " was ever started on Kafka at " + kafka,
          "start one (lockstep stream), or correct --kafka to the broker that it uses");
    }
    StreamStanding standing = new StreamStanding(plan.name(), topics.inputs(plan));
    ClaimLog log = new ClaimLog(kafka, status, 0);
    standing.take(log.readToEnd());
    StandingWatch watch = new StandingWatch(standing, log);
    watch.thread.start();
    return watch;
  }

  private void follow() {
    try {
      while (!closed) {
        List<ClaimLog.Seen> seen = log.poll(POLL);
        synchronized (standing) {
          standing.take(seen);
        }
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      closed = true; // signs stop coming, which is what is then told
    }
    log.close();
  }

  /** Asks it something. */
  public <T> T ask(Function<StreamStanding, T> question) {
    synchronized (standing) {
      return question.apply(standing);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
