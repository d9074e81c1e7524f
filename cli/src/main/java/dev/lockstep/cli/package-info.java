/** The command line's entry. */
@NullMarked
package dev.lockstep.cli;

import org.jspecify.annotations.NullMarked;
