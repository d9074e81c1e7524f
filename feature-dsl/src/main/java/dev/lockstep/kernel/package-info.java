/** The one loop: events and requests of an entity in, feature values out (C2 to C4). */
@NullMarked
package dev.lockstep.kernel;

import org.jspecify.annotations.NullMarked;
