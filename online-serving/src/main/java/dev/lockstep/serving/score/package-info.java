/** The scorer: ready vectors in, a model's scores out. */
@NullMarked
package dev.lockstep.serving.score;

import org.jspecify.annotations.NullMarked;
