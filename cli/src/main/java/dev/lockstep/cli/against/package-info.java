/** This checkout measured beside another commit of it. */
@NullMarked
package dev.lockstep.cli.against;

import org.jspecify.annotations.NullMarked;
