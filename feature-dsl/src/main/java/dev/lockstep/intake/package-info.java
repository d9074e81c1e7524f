/**
 * The one door for rows (C17): what was read of files, messages and collections becomes a row of
 * its source, is placed in time, or is refused with its reason.
 */
@NullMarked
package dev.lockstep.intake;

import org.jspecify.annotations.NullMarked;
