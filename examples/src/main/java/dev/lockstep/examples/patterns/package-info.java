/** Definitions as people write them elsewhere, one idea a file, each with a test that tells it. */
@NullMarked
package dev.lockstep.examples.patterns;

import org.jspecify.annotations.NullMarked;
