/** The aggregation contract and library: the only arithmetic on values (C6 to C8). */
@NullMarked
package dev.lockstep.aggregate;

import org.jspecify.annotations.NullMarked;
