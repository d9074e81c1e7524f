/**
 * A real Kafka broker and a real Redis server on loopback, for the demo and for tests, in this JVM
 * or as a process of their own that ends with its parent.
 */
@NullMarked
package dev.lockstep.servers;

import org.jspecify.annotations.NullMarked;
