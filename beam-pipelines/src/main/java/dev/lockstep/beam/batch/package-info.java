/** The batch path: blocks of rows to shards, answers back to ranges of rows. */
@NullMarked
package dev.lockstep.beam.batch;

import org.jspecify.annotations.NullMarked;
