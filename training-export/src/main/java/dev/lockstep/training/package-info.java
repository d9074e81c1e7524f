/** Training sets in memory: nullable float columns with labels, and which of them a model reads. */
@NullMarked
package dev.lockstep.training;

import org.jspecify.annotations.NullMarked;
