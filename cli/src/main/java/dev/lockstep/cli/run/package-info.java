/** The work of the commands, apart from their options: each kind of process loads only its own. */
@NullMarked
package dev.lockstep.cli.run;

import org.jspecify.annotations.NullMarked;
