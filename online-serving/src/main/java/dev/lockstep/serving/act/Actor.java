package dev.lockstep.serving.act;

import dev.lockstep.serving.kafka.DeadLetters;
import dev.lockstep.serving.kafka.KafkaUnavailableException;
import dev.lockstep.serving.kafka.Life;
import dev.lockstep.serving.kafka.Publisher;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.wire.ScoringResultCodec;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A process that acts on scores: on each request whose score reaches the threshold once, however
 * often its score comes and wherever the process dies.
 *
 * <p>Decisions and the position in the topic are kept in one transaction of one database, and it
 * begins where the database says: Kafka's committed offsets play no part. Scores below the
 * threshold are counted and not kept.
 */
public final class Actor implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(10);

  private final ActorSettings settings;
  private final DecisionDatabase database;
  private final InstantSource clock;
  private final Life life = new Life();
  private final AtomicLong consumed = new AtomicLong();
  private final AtomicLong acted = new AtomicLong();
  private final AtomicLong below = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong undecodable = new AtomicLong();

  /**
   * An actor, not yet running.
   *
   * @param database closed by whoever opened it, after this has ended
   * @param clock stamps the decisions
   */
  public Actor(ActorSettings settings, DecisionDatabase database, InstantSource clock) {
    this.settings = settings;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Acts in this thread until {@link #stop}.
   *
   * @throws KafkaUnavailableException if the broker doesn't answer at the start, the scores' topic
   *     is missing, or a dead letter can't be published
   * @throws DecisionException if the database fails, or the topic has lost scores not yet read
   */
  public void run() {
    life.run(this::act);
  }

  private void act() {
    String topic = settings.scoresTopic();
    TopicDescription description =
        settings.kafka().topics(List.of(topic)).values().iterator().next();
    settings
        .kafka()
        .createMissing(List.of(DeadLetters.topicOf(topic)), description.partitions().size());
    try (KafkaConsumer<byte[], byte[]> consumer = settings.kafka().consumer(null);
        Publisher publisher = new Publisher(settings.kafka())) {
      resume(consumer, description);
      while (!life.isEnding()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          act(records, description, publisher);
        }
      }
    }
  }

  private void resume(KafkaConsumer<byte[], byte[]> consumer, TopicDescription topic) {
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(p -> new TopicPartition(topic.name(), p.partition()))
            .toList();
    Map<Integer, Long> positions = database.positions(topic.topicId());
    Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      long first = oldest.getOrDefault(partition, 0L);
      long next = positions.getOrDefault(partition.partition(), first);
      if (next < first) {
        throw new DecisionException(
            "The scores "
                + next
                + " to "
                + (first - 1)
                + " of "
                + partition
                + " were deleted before they were read. Raise the topic's retention; to go on"
                + " without them, delete its row from the table offsets.",
            null);
      }
      consumer.seek(partition, next);
    }
  }

  private void act(
      ConsumerRecords<byte[], byte[]> records, TopicDescription topic, Publisher publisher) {
    Instant now = clock.instant();
    List<Decision> decisions = new ArrayList<>();
    Map<Integer, Long> positions = new HashMap<>();
    int letters = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      positions.put(record.partition(), record.offset() + 1);
      try {
        ScoringResult result = decode(record);
        if (result.reachesThreshold()) {
          decisions.add(decision(result, now));
        }
      } catch (WireException e) {
        letters++;
        publisher.send(DeadLetters.of(record, String.valueOf(e.getMessage())));
      }
    }
    if (letters > 0) {
      publisher.flush();
    }
    int added = database.keep(decisions, topic.topicId(), positions);
    consumed.addAndGet(records.count());
    acted.addAndGet(added);
    duplicates.addAndGet(decisions.size() - added);
    undecodable.addAndGet(letters);
    below.addAndGet(records.count() - decisions.size() - letters);
  }

  private static ScoringResult decode(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new WireException("a record without a value");
    }
    return ScoringResultCodec.fromBytes(record.value());
  }

  private Decision decision(ScoringResult result, Instant now) {
    return new Decision(
        result.requestId(),
        settings.action(),
        result.score(),
        result.threshold(),
        result.modelVersion(),
        result.fingerprint(),
        result.entities(),
        Micros.toInstant(result.eventTimeMicros()),
        result.ingestedAtMicros() == 0 ? null : Micros.toInstant(result.ingestedAtMicros()),
        now);
  }

  /** What it has done since it started; from any thread. */
  public ActorCounts counts() {
    return new ActorCounts(
        consumed.get(), acted.get(), below.get(), duplicates.get(), undecodable.get());
  }

  /** Asks it to end after the records in hand; returns at once, from any thread. */
  public void stop() {
    life.stop();
  }

  /** Asks it to end and waits until it has; not from within {@link #run}. */
  @Override
  public void close() {
    life.stopAndWait();
  }
}
