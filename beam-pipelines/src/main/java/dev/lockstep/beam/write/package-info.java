/** Results and history on their way out: Parquet, Kafka, the online store. */
@NullMarked
package dev.lockstep.beam.write;

import org.jspecify.annotations.NullMarked;
