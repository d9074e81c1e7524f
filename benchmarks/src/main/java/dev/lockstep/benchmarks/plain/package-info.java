/** Sums in plain numbers: what exactness is measured against. */
@NullMarked
package dev.lockstep.benchmarks.plain;

import org.jspecify.annotations.NullMarked;
