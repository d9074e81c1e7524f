/** Every byte format, each with one owner: rows, state, vectors, scores. */
@NullMarked
package dev.lockstep.wire;

import org.jspecify.annotations.NullMarked;
