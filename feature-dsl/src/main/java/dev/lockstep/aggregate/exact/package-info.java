/**
 * The only arithmetic on sums: exact while it accumulates, rounded once at the end.
 *
 * <p>Every accumulator here represents an exact number, so its value depends on the multiset of
 * what was added and subtracted, never on order, grouping or merging (contract C6). Where there is
 * a fast way and a general one, both give the same bits. Nothing here is thread-safe.
 */
@NullMarked
package dev.lockstep.aggregate.exact;

import org.jspecify.annotations.NullMarked;
