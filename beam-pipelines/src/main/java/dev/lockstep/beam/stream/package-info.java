/**
 * The stream: keyed state, emission policies, enrichment. It moves rows to the kernel, nothing
 * else.
 */
@NullMarked
package dev.lockstep.beam.stream;

import org.jspecify.annotations.NullMarked;
