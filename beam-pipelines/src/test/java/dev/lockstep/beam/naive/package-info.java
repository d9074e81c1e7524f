/** The oracle's own door: rows of files and messages by the rules' text, naively. */
@NullMarked
package dev.lockstep.beam.naive;

import org.jspecify.annotations.NullMarked;
