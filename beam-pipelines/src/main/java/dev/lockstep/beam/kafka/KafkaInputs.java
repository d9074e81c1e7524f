package dev.lockstep.beam.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job reads of Kafka, as its options carry it: so a job that comes again from a checkpoint
 * reads today's addresses with today's settings, not those of the day when it first began.
 *
 * @param bootstrapServers where the brokers are
 * @param group the consumer group whose committed offsets tell lag tools how far the job is; nobody
 *     reads from them
 * @param live whether partitions move on by the brokers' clock when they have been read to their
 *     end; else they are a replay, which its record timestamps and clock records alone move (C5)
 * @param brokerSkewMillis how far a broker's clock may be behind this machine's
 * @param skipsGaps whether records that Kafka deleted before they were read may be left out
 * @param topics the inputs
 * @param claim what makes this start the stream of its set; null where nobody asks
 */
public record KafkaInputs(
    String bootstrapServers,
    String group,
    boolean live,
    long brokerSkewMillis,
    boolean skipsGaps,
    List<InputTopic> topics,
    @Nullable StreamClaim claim) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public KafkaInputs {
    topics = List.copyOf(topics);
  }

  List<String> names() {
    return topics.stream().map(InputTopic::name).toList();
  }

  InputTopic topic(String name) {
    return topics.stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("topic " + name + " is none of the inputs"));
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("inputs that can't be written: " + this, e);
    }
  }

  static KafkaInputs fromJson(String json) {
    try {
      return JSON.readValue(json, KafkaInputs.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the job's options hold no Kafka inputs: " + json, e);
    }
  }
}
