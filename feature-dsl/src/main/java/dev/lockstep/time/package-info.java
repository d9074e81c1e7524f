/** Microsecond instants and knowledge order (C1, C2). A leaf: it knows no other package. */
@NullMarked
package dev.lockstep.time;

import org.jspecify.annotations.NullMarked;
