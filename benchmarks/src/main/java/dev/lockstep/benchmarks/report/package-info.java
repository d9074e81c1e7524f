/** What was measured, as figures: for people and as JSON. */
@NullMarked
package dev.lockstep.benchmarks.report;

import org.jspecify.annotations.NullMarked;
