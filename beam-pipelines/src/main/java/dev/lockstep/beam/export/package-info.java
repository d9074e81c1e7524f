/** Published training sets as files for other tools. */
@NullMarked
package dev.lockstep.beam.export;

import org.jspecify.annotations.NullMarked;
