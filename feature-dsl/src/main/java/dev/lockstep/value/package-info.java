/** Typed, nullable values: what a column, a feature and a vector hold (C6, C7). */
@NullMarked
package dev.lockstep.value;

import org.jspecify.annotations.NullMarked;
