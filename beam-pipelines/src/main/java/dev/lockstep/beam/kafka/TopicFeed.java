package dev.lockstep.beam.kafka;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the slots of one job in one process read together: one thread that fetches the records of
 * all their partitions, and one that asks where these end and which there are. The threads begin
 * with the first slot and end with the last.
 *
 * <p>What can't go on without a person, such as records that are gone, is thrown by every slot's
 * next advance, so that the job fails with it; what passes by itself, such as a broker that
 * restarts, is waited for.
 */
final class TopicFeed implements SlotFeed {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
  private static final List<TopicFeed> OPEN = new ArrayList<>();

  private final KafkaInputs inputs;
  private final InstantSource clock;
  private final List<TopicSource> slots = new ArrayList<>();
  private final List<TopicReader> readers = new CopyOnWriteArrayList<>();
  private final RecordFetcher fetcher;
  private final PartitionWatch watch;
  private volatile @Nullable String failure;
  private volatile boolean closed;

  private TopicFeed(KafkaInputs inputs, InstantSource clock) {
    this.inputs = inputs;
    this.clock = clock;
    this.fetcher = new RecordFetcher(inputs, this);
    this.watch = new PartitionWatch(inputs, this, fetcher, clock);
  }

  /**
   * The process's feed for a slot of a job; one that failed is left to those who still close it.
   */
  static TopicFeed of(KafkaInputs inputs, TopicSource slot) {
    synchronized (OPEN) {
      for (TopicFeed feed : OPEN) {
        if (feed.inputs.equals(inputs) && feed.failure == null && !feed.slots.contains(slot)) {
          feed.slots.add(slot);
          return feed;
        }
      }
      TopicFeed feed = new TopicFeed(inputs, InstantSource.system());
      feed.slots.add(slot);
      OPEN.add(feed);
      feed.run("lockstep-fetch", feed.fetcher);
      feed.run("lockstep-ends", feed.watch);
      StreamClaim claim = inputs.claim();
      if (claim != null) {
        feed.run("lockstep-claim", new ClaimWatch(inputs, claim, feed, feed.clock));
      }
      return feed;
    }
  }

  private void run(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                fail(name + " failed: " + e);
                throw e;
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void join(TopicReader reader) {
    readers.add(reader);
  }

  @Override
  public void leave(TopicReader reader) {
    readers.remove(reader);
    fetcher.changed();
    synchronized (OPEN) {
      slots.remove(reader.getCurrentSource());
      if (slots.isEmpty()) {
        OPEN.remove(this);
        closed = true;
      }
    }
  }

  List<TopicReader> readers() {
    return readers;
  }

  boolean isClosed() {
    return closed || failure != null;
  }

  /**
   * Ends the job's reading with a reason for people; the first counts. It is told at once: before
   * its first checkpoint a job that comes again remembers nothing, and goes on.
   */
  void fail(String reason) {
    if (failure == null) {
      failure = reason;
      LOG.error("The stream can't go on reading: {}", reason);
    }
  }

  @Override
  public void failIfBroken() {
    String reason = failure;
    if (reason != null) {
      throw NoOtherTry.because(reason);
    }
  }

  @Override
  public long latestBrokerClock() {
    return inputs.live() ? clock.millis() + inputs.brokerSkewMillis() : Long.MAX_VALUE;
  }

  /** Every broker's clock is at least there now, in milliseconds. */
  long earliestBrokerClock() {
    return clock.millis() - inputs.brokerSkewMillis();
  }

  /**
   * A live slot without partitions is where any new one of its would begin: metadata were asked for
   * then.
   */
  @Override
  public long emptySlot() {
    return inputs.live() ? watch.emptySlot() : RecordHeaders.LAST_CLOCK_MILLIS;
  }

  /** See {@link PartitionWatch#awaitIdentified}. */
  void awaitIdentified() throws InterruptedException {
    watch.awaitIdentified();
  }

  /** Lets lag tools see how far a complete checkpoint is. */
  @Override
  public void commit(ReadMark mark) {
    fetcher.commit(mark);
  }

  /**
   * A sentence that says what goes wrong: the reason of its end, or why Kafka doesn't answer now;
   * null for nothing.
   */
  @Nullable String problem() {
    String reason = failure;
    return reason != null ? reason : watch.problem();
  }

  /** The feeds of this process that slots still read. */
  static List<TopicFeed> open() {
    synchronized (OPEN) {
      return List.copyOf(OPEN);
    }
  }
}
