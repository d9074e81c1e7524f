/** Flink's configuration, as every process of ours that runs Flink needs it. */
@NullMarked
package dev.lockstep.beam.flink;

import org.jspecify.annotations.NullMarked;
