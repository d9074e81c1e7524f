package dev.lockstep.beam.kafka;

import dev.lockstep.beam.stream.SnapshotRead;
import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.beam.stream.StreamSettings;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.time.Micros;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** The stream of one feature set, from its topics to the topic of ready vectors. */
public final class StreamPipeline {
  private final FeatureSet<?> set;
  private final String bootstrapServers;
  private final StreamTopics topics;
  private final OnlineStore store;
  private final StreamSettings settings;
  private final @Nullable StreamStart start;
  private final List<String> schemas;

  public StreamPipeline(
      FeatureSet<?> set,
      String bootstrapServers,
      StreamTopics topics,
      OnlineStore store,
      StreamSettings settings) {
    this(set, bootstrapServers, topics, store, settings, null, List.of());
  }

  private StreamPipeline(
      FeatureSet<?> set,
      String bootstrapServers,
      StreamTopics topics,
      OnlineStore store,
      StreamSettings settings,
      @Nullable StreamStart start,
      List<String> schemas) {
    this.set = set;
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.store = store;
    this.settings = settings;
    this.start = start;
    this.schemas = List.copyOf(schemas);
  }

  /**
   * The same stream, going on from a snapshot; a job that comes again from a checkpoint must be
   * given the same, and loads nothing again.
   */
  public StreamPipeline after(StreamStart snapshot) {
    return new StreamPipeline(set, bootstrapServers, topics, store, settings, snapshot, schemas);
  }

  /**
   * The same stream, which also reads Avro messages that were written by these schemas.
   *
   * @param texts schemas in JSON; they become part of the job
   */
  public StreamPipeline withSchemas(List<String> texts) {
    return new StreamPipeline(set, bootstrapServers, topics, store, settings, start, texts);
  }

  /** Adds every step to a pipeline. */
  public void addTo(Pipeline pipeline) {
    FeaturePlan plan = FeaturePlan.of(set);
    PCollectionTuple decoded =
        pipeline
            .apply("ReadEvents", read(plan))
            .apply(
                "Decode",
                ParDo.of(new DecodeFn(set, topics, schemas))
                    .withOutputTags(
                        DecodeFn.ROWS,
                        TupleTagList.of(DecodeFn.DEAD_LETTERS).and(DecodeFn.LATE_EVENTS)));
    PCollection<KV<Integer, byte[]>> rows =
        decoded.get(DecodeFn.ROWS).setCoder(StreamFeatures.rowCoder());
    rows.apply("Features", features(pipeline))
        .apply("Encode", ParDo.of(new EncodeVectorFn()))
        .setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply(
            "WriteVectors",
            KafkaIO.<byte[], byte[]>write()
                .withBootstrapServers(bootstrapServers)
                .withTopic(topics.vectors())
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(producerSettings())
                .withProducerFactoryFn(new KafkaClients.Producers()));
    writeLetters("WriteDeadLetters", decoded.get(DecodeFn.DEAD_LETTERS), topics.deadLetters());
    writeLetters("WriteLate", decoded.get(DecodeFn.LATE_EVENTS), topics.late());
  }

  private StreamFeatures features(Pipeline pipeline) {
    StreamFeatures features = StreamFeatures.of(set, store, settings);
    if (start == null) {
      return features;
    }
    PCollectionTuple snapshot =
        pipeline.apply("Snapshot", new SnapshotRead(set, start.folder(), start.run(), false));
    writeLetters(
        "WriteRejectedOfSnapshot",
        snapshot
            .get(SnapshotRead.REJECTED)
            .apply("LettersOfSnapshot", ParDo.of(new CarriedLetterFn(topics))),
        null);
    return features.after(snapshot);
  }

  private KafkaIO.Read<byte[], byte[]> read(FeaturePlan plan) {
    Map<String, Object> consumer = new HashMap<>();
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    return KafkaIO.<byte[], byte[]>read()
        .withBootstrapServers(bootstrapServers)
        .withTopics(topics.inputs(plan))
        .withKeyDeserializer(ByteArrayDeserializer.class)
        .withValueDeserializer(ByteArrayDeserializer.class)
        .withConsumerConfigUpdates(consumer)
        .withConsumerFactoryFn(
            new KafkaClients.Consumers(start == null ? Map.of() : start.firstOffsets()))
        .withTimestampPolicyFactory(new Progress(disorderByTopic(plan)));
  }

  private HashMap<String, Long> disorderByTopic(FeaturePlan plan) {
    HashMap<String, Long> disorder = new HashMap<>();
    for (SourcePlan source : plan.sources()) {
      if (!source.table()) {
        disorder.put(topics.topicOf(source), Micros.toMillis(source.disorderMicros()));
      }
    }
    return disorder;
  }

  private record Progress(HashMap<String, Long> disorderMillis)
      implements TimestampPolicyFactory<byte[], byte[]> {
    @Override
    public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previousWatermark) {
      return new ProgressPolicy(
          previousWatermark, disorderMillis.getOrDefault(partition.topic(), 0L));
    }
  }

  private void writeLetters(
      String name, PCollection<ProducerRecord<byte[], byte[]>> letters, @Nullable String topic) {
    KafkaIO.WriteRecords<byte[], byte[]> write =
        KafkaIO.<byte[], byte[]>writeRecords()
            .withBootstrapServers(bootstrapServers)
            .withKeySerializer(ByteArraySerializer.class)
            .withValueSerializer(ByteArraySerializer.class)
            .withProducerFactoryFn(new KafkaClients.Producers());
    letters
        .setCoder(ProducerRecordCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply(name, topic == null ? write : write.withTopic(topic));
  }

  private static Map<String, Object> producerSettings() {
    return Map.of(ProducerConfig.LINGER_MS_CONFIG, 1, ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
  }
}
