package dev.lockstep.beam.kafka;

import java.io.Serializable;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of a partition from one offset to another.
 *
 * @param first the offset of the first one that is still there
 * @param end the offset behind the last one
 */
public record LogRange(String topic, int partition, long first, long end) implements Serializable {

  /** Whether records were deleted that came before. */
  public boolean isTruncated() {
    return first > 0;
  }

  TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }
}
