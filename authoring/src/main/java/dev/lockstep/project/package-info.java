/**
 * What a project tells the command line: its feature set, its history, its label and its action.
 */
@NullMarked
package dev.lockstep.project;

import org.jspecify.annotations.NullMarked;
