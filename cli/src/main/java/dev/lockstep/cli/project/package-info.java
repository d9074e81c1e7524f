/** The projects that the command line knows, and where their files are. */
@NullMarked
package dev.lockstep.cli.project;

import org.jspecify.annotations.NullMarked;
