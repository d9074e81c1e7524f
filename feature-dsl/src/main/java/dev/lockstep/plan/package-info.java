/** A definition made checkable and executable: names resolved, types checked, columns pruned. */
@NullMarked
package dev.lockstep.plan;

import org.jspecify.annotations.NullMarked;
