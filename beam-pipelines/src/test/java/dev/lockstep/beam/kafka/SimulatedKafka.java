package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.StreamSettings;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.store.OnlineStore;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A model of Kafka: partitions, a broker's clock, and a stream's pipeline over them. */
public final class SimulatedKafka {
  private static final String NOWHERE = "localhost:1";

  private final List<SimulatedLog> logs;
  private final boolean live;
  private long clockMillis;

  /**
   * @param live whether it holds live topics; else replays, whose records tell no clock of today
   */
  public SimulatedKafka(List<SimulatedLog> logs, boolean live, long clockMillis) {
    this.logs = List.copyOf(logs);
    this.live = live;
    this.clockMillis = clockMillis;
  }

  /** A set's stream. */
  public record Stream(
      FeatureSet<?> set,
      OnlineStore store,
      StreamTopics topics,
      InputMode mode,
      StreamSettings settings) {

    private StreamPipeline steps() {
      return new StreamPipeline(set, NOWHERE, topics, store, settings).withInputs(mode);
    }

    /** Its real pipeline. */
    public Pipeline pipeline() {
      Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
      steps().addTo(pipeline);
      return pipeline;
    }

    /** What that reads. */
    public KafkaInputs inputs() {
      return steps().inputs();
    }
  }

  /** The slots of a source. */
  public static List<TopicSource> split(TopicSource source, int desired, PipelineOptions options) {
    return source.split(desired, options).stream().map(slot -> (TopicSource) slot).toList();
  }

  public List<SimulatedLog> logs() {
    return logs;
  }

  /** The broker's clock in milliseconds. */
  public long clockMillis() {
    return clockMillis;
  }

  /** The records of this phase are all there. */
  public boolean isDone() {
    return logs.stream().allMatch(SimulatedLog::isDone);
  }

  /** Lets the broker's clock go on, not beyond what was promised of records that are to come. */
  public void passTo(long millis) {
    long most = Long.MAX_VALUE;
    for (SimulatedLog log : logs) {
      most = Math.min(most, live ? log.latestMillis() : Long.MAX_VALUE);
    }
    clockMillis = Math.max(clockMillis, Math.min(millis, most));
  }

  /** Makes a partition that is to be. */
  public void create(SimulatedLog log) {
    log.exists = true;
  }

  /**
   * Appends the next record to a partition.
   *
   * @return whether it was its turn: of live topics no record comes before the clock's time, and
   *     none later than was promised
   */
  public boolean append(SimulatedLog log) {
    if (log.isDone()) {
      return false;
    }
    if (live) {
      passTo(log.nextTimestamp());
      if (clockMillis < log.nextTimestamp()) {
        return false;
      }
    }
    log.exists = true;
    log.append();
    return true;
  }
}
