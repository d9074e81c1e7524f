/** Parquet history to rows; what could not be used. */
@NullMarked
package dev.lockstep.beam.read;

import org.jspecify.annotations.NullMarked;
