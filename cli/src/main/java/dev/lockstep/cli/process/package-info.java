/** Child processes, class paths and folders that end with this process. */
@NullMarked
package dev.lockstep.cli.process;

import org.jspecify.annotations.NullMarked;
