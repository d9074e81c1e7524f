/** What a stream has published beside what the batch computes over the topics that it read. */
@NullMarked
package dev.lockstep.beam.parity;

import org.jspecify.annotations.NullMarked;
