/** What is shown while something runs. */
@NullMarked
package dev.lockstep.cli.view;

import org.jspecify.annotations.NullMarked;
