/** Drawn record types, files and messages, and what every door makes of them. */
@NullMarked
package dev.lockstep.beam.door;

import org.jspecify.annotations.NullMarked;
