package dev.lockstep.serving.act;

import dev.lockstep.serving.kafka.KafkaConnection;

/**
 * What an actor reads and does.
 *
 * @param scoresTopic scores come from here; what isn't one goes to its dead-letter topic
 * @param action the project's action, where a score reaches its threshold
 */
public record ActorSettings(KafkaConnection kafka, String scoresTopic, String action) {}
