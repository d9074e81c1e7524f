package dev.lockstep.cli.replay;

import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.time.Micros;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to Kafka in the order they became known: each millisecond's events as one burst,
 * then a clock record to every partition, so that {@code ordered()} knows that nothing earlier
 * comes.
 *
 * <p>The clock says the millisecond after the burst: whoever has read it has read the burst.
 */
public final class Replayer implements AutoCloseable {
  private static final byte[] NOTHING = new byte[0];
  private static final long MERGED = 500;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Integer> partitions;
  private final Set<String> keeping;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param partitions the number of partitions of each topic, for the clock records
   * @param keeping topics whose events keep the partition they had in their archive
   */
  public Replayer(
      Map<String, Object> kafka,
      Map<String, Integer> partitions,
      Set<String> keeping,
      InstantSource clock) {
    Map<String, Object> settings = new java.util.HashMap<>(kafka);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.partitions = Map.copyOf(partitions);
    this.keeping = Set.copyOf(keeping);
    this.clock = clock;
  }

  /**
   * Sends events, in their order, to the end of a burst where that is possible.
   *
   * @param least so many, and the rest of the burst
   * @param most never more than so many
   * @param eventsPerSecond the pace; 0 for as fast as the broker takes them
   * @param sent told after each burst how many events were sent so far
   * @param stopped asked before each burst; true ends the replay early
   * @return how many were sent
   */
  public long send(
      ReplayCursor events,
      long least,
      long most,
      double eventsPerSecond,
      LongConsumer sent,
      BooleanSupplier stopped) {
    long start = System.nanoTime();
    long done = 0;
    while (done < Math.min(least, most) && events.peek() != null && !stopped.getAsBoolean()) {
      failIfBroken();
      if (eventsPerSecond > 0) {
        waitUntil(start + (long) (done / eventsPerSecond * 1e9));
      }
      // Unpaced, bursts are merged up to a size: only the order of clocks and events matters then.
      long merged = Math.min(least - done, eventsPerSecond == 0 ? MERGED : 1);
      done += burst(events, merged, most - done);
      sent.accept(done);
    }
    flush();
    return done;
  }

  /** Sends so many events and what is of the last one's millisecond, then the clock behind them. */
  private long burst(ReplayCursor events, long least, long most) {
    long ingestedAt = Micros.of(clock.instant());
    long done = 0;
    long millis = Long.MIN_VALUE;
    for (ReplayEvent event = events.peek();
        event != null && done < most && (done < least || ReplayLog.millisOf(event) == millis);
        event = events.peek()) {
      send(event, ingestedAt);
      millis = ReplayLog.millisOf(event);
      events.advance();
      done++;
    }
    tick(millis + 1);
    return done;
  }

  /** Says on every partition that later records are available at or after a millisecond. */
  public void tick(long millis) {
    byte[] clockValue = RecordHeaders.number(Math.min(millis, RecordHeaders.LAST_CLOCK_MILLIS));
    partitions.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            // Stamped with the time it tells of, so that record timestamps stay in order.
            ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, millis, NOTHING, NOTHING);
            record.headers().add(RecordHeaders.CLOCK, clockValue);
            send(record);
          }
        });
  }

  /** Ends every partition: no record comes any more, so whatever waits can be answered. */
  public void end() {
    tick(RecordHeaders.LAST_CLOCK_MILLIS);
    flush();
  }

  private void flush() {
    producer.flush();
    failIfBroken();
  }

  private void send(ReplayEvent event, long ingestedAt) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            event.topic(),
            event.partition() >= 0 && keeping.contains(event.topic()) ? event.partition() : null,
            event.recordMillis(),
            event.key(),
            event.message());
    record.headers().add(RecordHeaders.INGESTED_AT, RecordHeaders.number(ingestedAt));
    send(record);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  private void failIfBroken() {
    Exception e = failure.get();
    if (e != null) {
      throw new IllegalStateException("Kafka refused an event: " + e.getMessage(), e);
    }
  }

  private static void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
