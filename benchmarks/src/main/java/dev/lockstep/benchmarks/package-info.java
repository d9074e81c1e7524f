/** Speed of the parts, by JMH; what the figures mean is in docs/performance.md. */
@NullMarked
package dev.lockstep.benchmarks;

import org.jspecify.annotations.NullMarked;
