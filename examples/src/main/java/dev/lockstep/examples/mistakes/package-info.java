/** A definition that is wrong on purpose, to show what errors look like. */
@NullMarked
package dev.lockstep.examples.mistakes;

import org.jspecify.annotations.NullMarked;
