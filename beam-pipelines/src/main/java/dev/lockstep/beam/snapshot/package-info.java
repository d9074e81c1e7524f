/** What a backfill leaves for the next one: states, ids and rows at a cut (C12). */
@NullMarked
package dev.lockstep.beam.snapshot;

import org.jspecify.annotations.NullMarked;
