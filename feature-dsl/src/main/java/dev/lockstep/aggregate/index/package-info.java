/** Indexes over the columns of an event log that all windows of a view share. */
@NullMarked
package dev.lockstep.aggregate.index;

import org.jspecify.annotations.NullMarked;
