/** US flights of January 2001: will a flight be delayed, from what has landed by its departure? */
@NullMarked
package dev.lockstep.examples.flights;

import org.jspecify.annotations.NullMarked;
