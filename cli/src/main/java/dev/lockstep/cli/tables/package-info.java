/** Tables loaded into the online store. */
@NullMarked
package dev.lockstep.cli.tables;

import org.jspecify.annotations.NullMarked;
