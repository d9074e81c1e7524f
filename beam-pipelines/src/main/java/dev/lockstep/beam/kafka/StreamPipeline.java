package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.SnapshotRead;
import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.beam.stream.StreamSettings;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.time.Micros;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaRecordCoder;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The stream of one feature set, from its topics to the topic of ready vectors. */
public final class StreamPipeline {
  private final FeatureSet<?> set;
  private final String bootstrapServers;
  private final StreamTopics topics;
  private final OnlineStore store;
  private final StreamSettings settings;
  private final Reading reading;

  /** What is read beside new events, and how. */
  private record Reading(
      @Nullable StreamStart start,
      List<String> schemas,
      InputMode mode,
      @Nullable StreamClaim claim) {}

  private final int vectorPartitions;

  /** Of replays; see {@link #withInputs}. */
  public StreamPipeline(
      FeatureSet<?> set,
      String bootstrapServers,
      StreamTopics topics,
      OnlineStore store,
      StreamSettings settings) {
    this.set = set;
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.store = store;
    this.settings = settings;
    this.reading = new Reading(null, List.of(), InputMode.REPLAY, null);
    this.vectorPartitions = 0;
  }

  private StreamPipeline(StreamPipeline other, Reading reading, int vectorPartitions) {
    this.set = other.set;
    this.bootstrapServers = other.bootstrapServers;
    this.topics = other.topics;
    this.store = other.store;
    this.settings = other.settings;
    this.reading = reading;
    this.vectorPartitions = vectorPartitions;
  }

  /**
   * The same stream, going on from a snapshot; a job that comes again from a checkpoint must be
   * given the same, and loads nothing again.
   */
  public StreamPipeline after(StreamStart snapshot) {
    return new StreamPipeline(
        this,
        new Reading(snapshot, reading.schemas, reading.mode, reading.claim),
        vectorPartitions);
  }

  /**
   * The same stream, which also reads Avro messages that were written by these schemas.
   *
   * @param texts schemas in JSON; they become part of the job
   */
  public StreamPipeline withSchemas(List<String> texts) {
    return new StreamPipeline(
        this,
        new Reading(reading.start, List.copyOf(texts), reading.mode, reading.claim),
        vectorPartitions);
  }

  /** The same stream with inputs that move on in another way. */
  public StreamPipeline withInputs(InputMode mode) {
    return new StreamPipeline(
        this, new Reading(reading.start, reading.schemas, mode, reading.claim), vectorPartitions);
  }

  /** The same stream, which gives signs of life, and ends once another start has its place. */
  public StreamPipeline withClaim(StreamClaim claim) {
    return new StreamPipeline(
        this, new Reading(reading.start, reading.schemas, reading.mode, claim), vectorPartitions);
  }

  /**
   * The same stream, which takes the vectors' topic to have so many partitions, whatever is added
   * while it runs: repeats of a request stay in one partition.
   */
  public StreamPipeline withVectorPartitions(int count) {
    return new StreamPipeline(this, reading, count);
  }

  /** Adds every step to a pipeline. */
  public void addTo(Pipeline pipeline) {
    PCollectionTuple decoded =
        decoded(pipeline.apply("ReadEvents", Read.from(TopicSource.ofOptions())));
    PCollection<KV<Integer, byte[]>> rows =
        decoded.get(DecodeFn.ROWS).setCoder(StreamFeatures.rowCoder());
    write(
        "WriteVectors",
        rows.apply("Features", features(pipeline).asMessages())
            .apply("Encode", ParDo.of(new VectorRecordFn(topics.vectors()))));
    write("WriteDeadLetters", decoded.get(DecodeFn.DEAD_LETTERS));
    write("WriteLate", decoded.get(DecodeFn.LATE_EVENTS));
  }

  private PCollectionTuple decoded(PCollection<KafkaRecord<byte[], byte[]>> records) {
    return records.apply(
        "Decode",
        ParDo.of(new DecodeFn(set, topics, reading.schemas, reading.mode.live()))
            .withOutputTags(
                DecodeFn.ROWS, TupleTagList.of(DecodeFn.DEAD_LETTERS).and(DecodeFn.LATE_EVENTS)));
  }

  /**
   * Adds the same steps over records that are made up, without Kafka and Redis: what they give goes
   * nowhere.
   */
  void addPracticeTo(Pipeline pipeline, int seeds, int recordsOfASeed) {
    PCollectionTuple decoded =
        decoded(
            pipeline
                .apply("Seeds", Create.of(IntStream.range(0, seeds).boxed().toList()))
                .apply("Spread", Reshuffle.viaRandomKey())
                .apply("MakeUp", ParDo.of(new MadeUpRecordsFn(set, topics, recordsOfASeed)))
                .setCoder(KafkaRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of())));
    for (var letters : List.of(DecodeFn.DEAD_LETTERS, DecodeFn.LATE_EVENTS)) {
      decoded
          .get(letters)
          .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()));
    }
    decoded
        .get(DecodeFn.ROWS)
        .setCoder(StreamFeatures.rowCoder())
        .apply("Features", StreamFeatures.of(set, new NothingStored(), settings).asMessages())
        .apply("Encode", ParDo.of(new VectorRecordFn(topics.vectors())))
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()));
  }

  private StreamFeatures features(Pipeline pipeline) {
    StreamFeatures features = StreamFeatures.of(set, store, settings);
    StreamStart start = reading.start;
    if (start == null) {
      return features;
    }
    PCollectionTuple snapshot =
        pipeline.apply("Snapshot", new SnapshotRead(set, start.folder(), start.run(), false));
    write(
        "WriteRejectedOfSnapshot",
        snapshot
            .get(SnapshotRead.REJECTED)
            .apply("LettersOfSnapshot", ParDo.of(new CarriedLetterFn(topics))));
    return features.after(snapshot, partitions(start));
  }

  /** The partitions that a snapshot has read, by source. */
  private Map<String, Set<Integer>> partitions(StreamStart start) {
    Map<String, Set<Integer>> partitions = new HashMap<>();
    for (SourcePlan source : FeaturePlan.of(set).sources()) {
      Map<Integer, Long> unread = start.firstOffsets().get(topics.topicOf(source));
      if (unread != null) {
        partitions.put(source.name(), Set.copyOf(unread.keySet()));
      }
    }
    return partitions;
  }

  /** What the job reads: for its options, where {@link TopicSource} finds it. */
  KafkaInputs inputs() {
    FeaturePlan plan = FeaturePlan.of(set);
    InputMode mode = reading.mode;
    return new KafkaInputs(
        bootstrapServers,
        "lockstep-" + plan.name(),
        mode.live(),
        mode.brokerSkew().toMillis(),
        mode.skipsGaps(),
        plan.sources().stream().filter(source -> !source.table()).map(this::input).toList(),
        reading.claim);
  }

  private InputTopic input(SourcePlan source) {
    String topic = topics.topicOf(source);
    SortedMap<Integer, Long> first = new TreeMap<>();
    Map<Integer, Long> unread =
        reading.start == null ? null : reading.start.firstOffsets().get(topic);
    if (unread != null) {
      first.putAll(unread);
    }
    return new InputTopic(
        topic,
        Micros.toMillis(source.promises().disorderMicros()),
        reading.mode.visibleWithin().getOrDefault(topic, Duration.ZERO).toMillis(),
        first);
  }

  private void write(String name, PCollection<ProducerRecord<byte[], byte[]>> records) {
    records
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply(name, ParDo.of(new WriteFn(bootstrapServers, topics, vectorPartitions)));
  }
}
