/** Processes of the benchmarks. */
@NullMarked
package dev.lockstep.benchmarks.process;

import org.jspecify.annotations.NullMarked;
