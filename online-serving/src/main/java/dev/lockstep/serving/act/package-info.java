/** The actor: scores in, each decision once. */
@NullMarked
package dev.lockstep.serving.act;

import org.jspecify.annotations.NullMarked;
