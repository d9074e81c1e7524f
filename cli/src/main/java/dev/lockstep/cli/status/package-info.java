/** How a stream stands: the figures that its processes tell on Kafka, for people and Prometheus. */
@NullMarked
package dev.lockstep.cli.status;

import org.jspecify.annotations.NullMarked;
