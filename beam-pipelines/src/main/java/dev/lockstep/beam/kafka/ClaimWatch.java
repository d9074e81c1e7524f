package dev.lockstep.beam.kafka;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that a process of the job is alive and what it has done, and ends the job once another
 * start is the stream of its feature set. It lives where the job does: also on a cluster, also when
 * the command that began it is gone.
 */
final class ClaimWatch implements Runnable {
  /** How often a sign is given. */
  private static final Duration EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(ClaimWatch.class);

  private final String bootstrapServers;
  private final StreamClaim claim;
  private final TopicFeed feed;

  ClaimWatch(String bootstrapServers, StreamClaim claim, TopicFeed feed) {
    this.bootstrapServers = bootstrapServers;
    this.claim = claim;
    this.feed = feed;
  }

  @Override
  public void run() {
    try (ClaimLog log = new ClaimLog(bootstrapServers, claim.topic(), claim.offset())) {
      while (!feed.isClosed()) {
        try {
          log.tell(ClaimSign.alive(claim));
          look(log);
        } catch (RetriableException e) {
          LOG.info("Kafka takes no sign now: {}", e.getMessage());
        }
      }
    } catch (KafkaException e) {
      feed.fail(
          "Kafka at "
              + bootstrapServers
              + " refuses the signs of this stream in "
              + claim.topic()
              + ": "
              + e.getMessage());
    }
  }

  private void look(ClaimLog log) {
    long next = System.nanoTime() + EVERY.toNanos();
    while (System.nanoTime() < next && !feed.isClosed()) {
      for (ClaimLog.Seen seen : log.poll(Duration.ofMillis(200))) {
        if (seen.claim() > claim.offset() && !seen.sign().start().equals(claim.start())) {
          feed.fail(
              "another start took over as this stream: "
                  + seen.sign().place()
                  + " (start "
                  + seen.sign().start()
                  + "), so this one, of "
                  + claim.place()
                  + ", ends");
        }
      }
    }
  }
}
