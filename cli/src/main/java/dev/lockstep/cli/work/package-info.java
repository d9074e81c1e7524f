/** The folder of a stream's state: its files, wherever they are, and its checkpoints. */
@NullMarked
package dev.lockstep.cli.work;

import org.jspecify.annotations.NullMarked;
