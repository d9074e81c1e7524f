/** For users' tests: a feature set's paths compared with each other. */
@NullMarked
package dev.lockstep.beam.testing;

import org.jspecify.annotations.NullMarked;
