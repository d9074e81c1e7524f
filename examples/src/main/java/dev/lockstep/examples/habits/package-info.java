/** Windows, modifiers and an aggregation of one's own: the code of docs/aggregations.md. */
@NullMarked
package dev.lockstep.examples.habits;

import org.jspecify.annotations.NullMarked;
