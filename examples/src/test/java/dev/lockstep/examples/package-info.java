@NullMarked
package dev.lockstep.examples;

import org.jspecify.annotations.NullMarked;
