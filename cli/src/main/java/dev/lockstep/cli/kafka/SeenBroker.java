package dev.lockstep.cli.kafka;

import java.util.Map;

/**
 * A Kafka cluster at one moment: which one it is, and its topics.
 *
 * @param cluster the id that the cluster was given when it was made
 * @param topicIds of all topics by name; a topic made anew has another one
 * @param partitions how many partitions each topic has that was asked for and is there
 */
public record SeenBroker(
    String cluster, Map<String, String> topicIds, Map<String, Integer> partitions) {

  public SeenBroker {
    topicIds = Map.copyOf(topicIds);
    partitions = Map.copyOf(partitions);
  }
}
