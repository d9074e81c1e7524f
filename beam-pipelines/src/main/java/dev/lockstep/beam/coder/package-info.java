/** Bytes of records and vectors between the steps of a pipeline. */
@NullMarked
package dev.lockstep.beam.coder;

import org.jspecify.annotations.NullMarked;
