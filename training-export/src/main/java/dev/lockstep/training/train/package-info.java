/** Boosted trees learnt from a training set, and the folder in which a model is kept. */
@NullMarked
package dev.lockstep.training.train;

import org.jspecify.annotations.NullMarked;
