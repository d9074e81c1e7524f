/**
 * The stream under every crash: its real pipeline on a single-threaded, seeded model of Kafka,
 * Flink and Redis.
 */
@NullMarked
package dev.lockstep.beam.simulation;

import org.jspecify.annotations.NullMarked;
