/** Other ways to answer the same windows, and the check that they agree. */
@NullMarked
package dev.lockstep.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
