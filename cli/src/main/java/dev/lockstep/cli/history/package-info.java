/** A project's history as commands read it, row by row: folders, patterns, and rows left out. */
@NullMarked
package dev.lockstep.cli.history;

import org.jspecify.annotations.NullMarked;
