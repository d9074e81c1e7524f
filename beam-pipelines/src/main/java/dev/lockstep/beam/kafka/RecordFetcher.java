package dev.lockstep.beam.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the records of all partitions that a process reads, with one consumer, of transactions
 * only what was committed; the offset to read is always ours, never the group's or "latest".
 */
final class RecordFetcher implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordFetcher.class);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration LOCAL = Duration.ofMillis(100);
  private static final int FETCH_WAIT_MILLIS = 20;
  private static final int MOST_RECORDS = 5_000;

  /** Of values, unless one alone is larger: more than batches that say what they hold come to. */
  private static final long MOST_BYTES = 64L << 20;

  private final KafkaInputs inputs;
  private final TopicFeed feed;
  private final BoundedPoll values = new BoundedPoll(MOST_BYTES);

  /** Of complete checkpoints, in their order: each slot's own partitions are in its marks. */
  private final Queue<ReadMark> toCommit = new ConcurrentLinkedQueue<>();

  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private Map<TopicPartition, ReadPartition> reading = new HashMap<>();
  private volatile boolean changed;
  private boolean commitFailed;

  RecordFetcher(KafkaInputs inputs, TopicFeed feed) {
    this.inputs = inputs;
    this.feed = feed;
  }

  /** The partitions of the feed's slots aren't what they were. */
  void changed() {
    changed = true;
  }

  void commit(ReadMark mark) {
    toCommit.add(mark);
  }

  @Override
  public void run() {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), values)) {
      while (!feed.isClosed()) {
        if (changed || reading.isEmpty()) {
          assign(consumer);
        }
        if (reading.isEmpty()) {
          Thread.sleep(POLL.toMillis());
        } else {
          pauseThoseThatWait(consumer);
          hand(consumer, poll(consumer));
          commitTo(consumer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      feed.fail("Kafka at " + inputs.bootstrapServers() + " refuses to be read: " + e.getMessage());
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, inputs.bootstrapServers());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, inputs.group());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    Map<String, Object> all = new HashMap<>(KafkaClients.withEnvironment(settings));
    // What these say is part of what a value means, so nobody's file can change it.
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return all;
  }

  private void assign(Consumer<byte[], byte[]> consumer) {
    changed = false;
    Map<TopicPartition, ReadPartition> now = new HashMap<>();
    for (TopicReader reader : feed.readers()) {
      reader.partitions().forEach(partition -> now.put(partition.partition(), partition));
    }
    consumer.assign(now.keySet());
    now.forEach(
        (partition, read) -> {
          if (reading.get(partition) != read) {
            consumer.seek(partition, read.progress().position());
          }
        });
    reading = now;
  }

  private void pauseThoseThatWait(Consumer<byte[], byte[]> consumer) {
    Set<TopicPartition> full = new HashSet<>();
    reading.forEach(
        (partition, read) -> {
          if (read.isFull()) {
            full.add(partition);
          }
        });
    Set<TopicPartition> paused = consumer.paused();
    if (!full.equals(paused)) {
      consumer.resume(paused);
      consumer.pause(full);
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer)
      throws InterruptedException {
    try {
      values.begin();
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) { // truncation is one, too
      feed.awaitIdentified(); // of a topic made anew nothing was lost: that is another reason
      if (!feed.isClosed()) {
        cross(consumer, e.offsetOutOfRangePartitions());
      }
    } catch (RetriableException e) {
      LOG.info("Kafka is asked again: {}", e.getMessage());
    }
    return ConsumerRecords.empty();
  }

  /** Fails with what is gone, or goes on behind it where that was asked for. */
  private void cross(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> outside) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(outside.keySet());
    Map<TopicPartition, Long> end = consumer.endOffsets(outside.keySet());
    List<String> gone = new ArrayList<>();
    outside.forEach(
        (partition, wanted) -> {
          long from = first.getOrDefault(partition, 0L);
          long to = end.getOrDefault(partition, 0L);
          gone.add(
              wanted < from
                  ? "records %d to %d of %s were deleted before they were read"
                      .formatted(wanted, from - 1, partition)
                  : "%s ends at %d, and was read to %d: its broker lost records"
                      .formatted(partition, to, wanted));
          if (inputs.skipsGaps()) {
            consumer.seek(partition, wanted < from ? from : to);
          }
        });
    String what = String.join("; ", gone);
    if (inputs.skipsGaps()) {
      LOG.warn("Going on behind a gap, as --skip-gaps says: {}", what);
    } else {
      feed.fail(
          what
              + ". Vectors of requests whose windows reach them would be wrong: begin anew in"
              + " another --work folder with a newer snapshot, or start with --skip-gaps to go on"
              + " without them");
    }
  }

  private void hand(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
    reading.forEach(
        (partition, read) -> {
          List<ConsumerRecord<byte[], byte[]>> fetched = records.records(partition);
          long behind = fetched.isEmpty() ? -1 : fetched.get(fetched.size() - 1).offset() + 1;
          read.fetched(fetched, Math.max(behind, position(consumer, partition)));
        });
  }

  /** The consumer's own, which has passed the markers of transactions; -1 if it isn't known now. */
  private static long position(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    try {
      return consumer.position(partition, LOCAL);
    } catch (TimeoutException e) {
      return -1; // the partition's leader is being looked for
    }
  }

  private void commitTo(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ReadMark mark = toCommit.poll(); mark != null; mark = toCommit.poll()) {
      for (ReadMark.Place place : mark.places()) {
        Long before = committed.put(place.partition(), place.position());
        if (before == null || before != place.position()) {
          offsets.put(place.partition(), new OffsetAndMetadata(place.position()));
        }
      }
    }
    if (!offsets.isEmpty()) {
      consumer.commitAsync(offsets, (done, e) -> tellOnce(e));
    }
  }

  /** Nothing is read from what is committed, so a group that may not be used changes nothing. */
  private void tellOnce(@Nullable Exception e) {
    if (e != null && !commitFailed) {
      commitFailed = true;
      LOG.warn(
          "Lag tools can't see this stream: its offsets can't be committed to group {} ({})",
          inputs.group(),
          e.getMessage());
    }
  }
}
