/** Whether training sets hold the same rows, bit by bit. */
@NullMarked
package dev.lockstep.training.compare;

import org.jspecify.annotations.NullMarked;
