package dev.lockstep.serving.score;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.serving.kafka.DeadLetters;
import dev.lockstep.serving.kafka.KafkaUnavailableException;
import dev.lockstep.serving.kafka.Life;
import dev.lockstep.serving.kafka.Publisher;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import dev.lockstep.wire.ScoringResultCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that scores ready vectors: topic in, topic out.
 *
 * <p>Positions are committed after the scores have arrived, so that a crash repeats scores and
 * loses none: whoever reads them tells repeats by the request id. Vectors of another plan than the
 * model's are never scored; they go to the dead-letter topic, as does what isn't a vector.
 */
public final class Scorer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scorer.class);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(100).toNanos();

  private final ScorerSettings settings;
  private final ScoringModel model;
  private final int[] inputs;
  private final VectorReader vectors;
  private final InstantSource clock;
  private final Life life = new Life();
  private final Set<String> refusedPlans = new HashSet<>();
  private final AtomicLong consumed = new AtomicLong();
  private final AtomicLong scored = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong undecodable = new AtomicLong();

  /**
   * A scorer, not yet running.
   *
   * @param plan the project's plan
   * @param model closed by whoever loaded it, after this has ended
   * @param clock stamps the scores
   * @throws ModelRefusedException if the model was trained on another plan; with both fingerprints
   *     and what differs
   */
  public Scorer(
      ScorerSettings settings, FeaturePlan plan, ScoringModel model, InstantSource clock) {
    this.inputs = model.inputsIn(plan);
    this.settings = settings;
    this.model = model;
    this.vectors = new VectorReader(model.manifest(), plan.featureTypes());
    this.clock = clock;
  }

  /**
   * Scores in this thread until {@link #stop}.
   *
   * @throws KafkaUnavailableException if the broker doesn't answer at the start, the vectors' topic
   *     is missing, or a score can't be published
   */
  public void run() {
    life.run(this::score);
  }

  private void score() {
    String input = settings.vectorsTopic();
    int partitions =
        settings.kafka().topics(List.of(input)).values().iterator().next().partitions().size();
    settings
        .kafka()
        .createMissing(List.of(settings.scoresTopic(), DeadLetters.topicOf(input)), partitions);
    try (KafkaConsumer<byte[], byte[]> consumer = settings.kafka().consumer(settings.group());
        Publisher publisher = new Publisher(settings.kafka())) {
      consumer.subscribe(List.of(input));
      long committedAt = System.nanoTime();
      boolean uncommitted = false;
      while (!life.isEnding()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          score(records, publisher);
          uncommitted = true;
        }
        if (uncommitted && System.nanoTime() - committedAt >= COMMIT_EVERY_NANOS) {
          // One that fails is made good by the next; the last waits for its answer.
          consumer.commitAsync();
          committedAt = System.nanoTime();
          uncommitted = false;
        }
      }
      commitLast(consumer);
    }
  }

  private void commitLast(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      consumer.commitSync();
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.info("Another scorer took over; it repeats the last scores: {}", e.getMessage());
    } catch (KafkaException e) {
      throw new KafkaUnavailableException(
          "Kafka at "
              + settings.kafka()
              + " doesn't take the last position: "
              + e.getMessage()
              + ". Nothing is lost: the last scores are repeated at the next start.",
          e);
    }
  }

  private void score(ConsumerRecords<byte[], byte[]> records, Publisher publisher) {
    List<FeatureVector> batch = new ArrayList<>(records.count());
    long nowRefused = 0;
    long nowUndecodable = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      VectorReader.Reading reading = vectors.read(record.value());
      if (reading instanceof VectorReader.Readable readable) {
        batch.add(readable.vector());
      } else if (reading instanceof VectorReader.Foreign foreign) {
        nowRefused++;
        publisher.send(DeadLetters.of(record, foreign.reason()));
        if (refusedPlans.add(foreign.fingerprint())) {
          LOG.warn("{} From offset {} on, in the dead letters.", foreign.reason(), record.offset());
        }
      } else if (reading instanceof VectorReader.Garbage garbage) {
        if (undecodable.get() + nowUndecodable == 0) {
          LOG.warn(
              "{} {}@{} can't be read: {}. It and others like it are in the dead letters.",
              record.topic(),
              record.partition(),
              record.offset(),
              garbage.reason());
        }
        nowUndecodable++;
        publisher.send(DeadLetters.of(record, garbage.reason()));
      }
    }
    publish(batch, publisher);
    publisher.flush();
    consumed.addAndGet(records.count());
    scored.addAndGet(batch.size());
    refused.addAndGet(nowRefused);
    undecodable.addAndGet(nowUndecodable);
  }

  private void publish(List<FeatureVector> batch, Publisher publisher) {
    if (batch.isEmpty()) {
      return;
    }
    float[] scores = model.score(batch.stream().map(FeatureVector::values).toList(), inputs);
    long now = Micros.of(clock.instant());
    for (int i = 0; i < scores.length; i++) {
      ScoringResult result = result(batch.get(i), scores[i], now);
      publisher.send(
          new ProducerRecord<>(
              settings.scoresTopic(),
              null,
              Micros.toMillis(now),
              result.requestId().getBytes(StandardCharsets.UTF_8),
              ScoringResultCodec.toBytes(result)));
    }
  }

  private ScoringResult result(FeatureVector vector, float score, long nowMicros) {
    return new ScoringResult(
        vector.featureSet(),
        vector.requestId(),
        vector.entities(),
        score,
        model.manifest().threshold(),
        model.manifest().name(),
        model.manifest().version(),
        vector.fingerprint(),
        vector.eventTimeMicros(),
        vector.availableAtMicros(),
        vector.ingestedAtMicros(),
        vector.emittedAtMicros(),
        nowMicros);
  }

  /** What it has done since it started; from any thread. */
  public ScorerCounts counts() {
    return new ScorerCounts(consumed.get(), scored.get(), refused.get(), undecodable.get());
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
