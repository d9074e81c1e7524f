/** What the kernel is measured on: seeded events and the views over them. */
@NullMarked
package dev.lockstep.benchmarks.load;

import org.jspecify.annotations.NullMarked;
