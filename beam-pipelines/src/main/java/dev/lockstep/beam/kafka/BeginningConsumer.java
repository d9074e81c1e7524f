package dev.lockstep.beam.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that stands at given offsets once its partitions are assigned: where KafkaIO, which
 * knows no such thing, begins to read. A reader that comes again from a checkpoint then seeks where
 * that was.
 */
public final class BeginningConsumer extends KafkaConsumer<byte[], byte[]> {
  private final Map<String, TreeMap<Integer, Long>> firstOffsets;

  BeginningConsumer(
      Map<String, Object> settings, Map<String, TreeMap<Integer, Long>> firstOffsets) {
    super(settings);
    this.firstOffsets = firstOffsets;
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    for (TopicPartition partition : partitions) {
      TreeMap<Integer, Long> ofTopic = firstOffsets.get(partition.topic());
      Long first = ofTopic == null ? null : ofTopic.get(partition.partition());
      if (first != null) {
        seek(partition, first);
      }
    }
  }
}
