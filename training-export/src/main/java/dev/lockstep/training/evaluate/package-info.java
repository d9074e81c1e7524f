/** How good scores are: from labels and scores alone, whatever model made them. Leaf. */
@NullMarked
package dev.lockstep.training.evaluate;

import org.jspecify.annotations.NullMarked;
