/** The demo: everything embedded, end to end, and what it proved. */
@NullMarked
package dev.lockstep.cli.demo;

import org.jspecify.annotations.NullMarked;
