/** The door for rows beside the libraries that people would use instead. */
@NullMarked
package dev.lockstep.benchmarks.doors;

import org.jspecify.annotations.NullMarked;
