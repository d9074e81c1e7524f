/** The commands, their options and their errors. */
@NullMarked
package dev.lockstep.cli.command;

import org.jspecify.annotations.NullMarked;
