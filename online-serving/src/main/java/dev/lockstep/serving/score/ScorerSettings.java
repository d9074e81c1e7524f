package dev.lockstep.serving.score;

import dev.lockstep.serving.kafka.KafkaConnection;

/**
 * Where a scorer reads and writes.
 *
 * @param vectorsTopic ready vectors come from here; what can't be scored goes to its dead-letter
 *     topic
 * @param scoresTopic scores go here, keyed by request id
 * @param group the consumer group that remembers the position; scorers of one group share the work
 */
public record ScorerSettings(
    KafkaConnection kafka, String vectorsTopic, String scoresTopic, String group) {}
