/** History sent to Kafka again, in the order in which it became known. */
@NullMarked
package dev.lockstep.cli.replay;

import org.jspecify.annotations.NullMarked;
