/** Connections to Kafka, dead letters, and the life of a process that polls it. */
@NullMarked
package dev.lockstep.serving.kafka;

import org.jspecify.annotations.NullMarked;
