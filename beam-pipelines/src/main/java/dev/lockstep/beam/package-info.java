/** Feature sets as Beam transforms: the entry for anyone's own pipeline. */
@NullMarked
package dev.lockstep.beam;

import org.jspecify.annotations.NullMarked;
