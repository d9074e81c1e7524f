/** Topics, made and checked before anything runs. */
@NullMarked
package dev.lockstep.cli.kafka;

import org.jspecify.annotations.NullMarked;
