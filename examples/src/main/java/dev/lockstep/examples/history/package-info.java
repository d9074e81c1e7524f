/** Making an example's history once, and whole or not at all. */
@NullMarked
package dev.lockstep.examples.history;

import org.jspecify.annotations.NullMarked;
