package dev.lockstep.beam.kafka;

import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that a process of the job is alive and what it has done, and ends the job once another
 * start is the stream of its feature set. It lives where the job does: also on a cluster, also when
 * the command that began it is gone. The broker stamps its signs, so they tell how far apart clocks
 * are, too.
 */
final class ClaimWatch implements Runnable {
  /** How often a sign is given. */
  private static final Duration EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(ClaimWatch.class);

  private final KafkaInputs inputs;
  private final StreamClaim claim;
  private final TopicFeed feed;
  private final InstantSource clock;
  private final BrokerClock brokerClock;

  /** Whether clocks were apart at the last sign; the producer's thread has it. */
  private boolean apart;

  ClaimWatch(KafkaInputs inputs, StreamClaim claim, TopicFeed feed, InstantSource clock) {
    this.inputs = inputs;
    this.claim = claim;
    this.feed = feed;
    this.clock = clock;
    this.brokerClock = BrokerClock.of(inputs);
  }

  @Override
  public void run() {
    try (ClaimLog log = new ClaimLog(inputs.bootstrapServers(), claim.topic(), claim.offset())) {
      while (!feed.isClosed()) {
        try {
          log.tell(ClaimSign.alive(claim), clock, this::compare);
          look(log);
        } catch (RetriableException e) {
          LOG.info("Kafka takes no sign now: {}", e.getMessage());
        }
      }
    } catch (KafkaException e) {
      feed.fail(
          "Kafka at "
              + inputs.bootstrapServers()
              + " refuses the signs of this stream in "
              + claim.topic()
              + ": "
              + e.getMessage());
    }
  }

  /** Says once that clocks are apart, and again after they weren't. */
  private void compare(long sentMillis, long stampMillis, long acknowledgedMillis) {
    String told = brokerClock.told(sentMillis, stampMillis, acknowledgedMillis);
    if (inputs.live() && told != null && !apart) {
      LOG.warn(told);
    }
    apart = told != null;
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
