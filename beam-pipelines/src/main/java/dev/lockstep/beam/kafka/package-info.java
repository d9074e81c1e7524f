/** Kafka to rows and vectors to Kafka; progress by clock records; the dead letter. */
@NullMarked
package dev.lockstep.beam.kafka;

import org.jspecify.annotations.NullMarked;
