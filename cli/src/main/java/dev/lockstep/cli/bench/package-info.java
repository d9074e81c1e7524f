/** Training measured in a process of its own. */
@NullMarked
package dev.lockstep.cli.bench;

import org.jspecify.annotations.NullMarked;
