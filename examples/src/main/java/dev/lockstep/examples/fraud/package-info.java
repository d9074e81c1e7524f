/** Simulated card swipes: is the card stolen, from what card and merchant did lately? */
@NullMarked
package dev.lockstep.examples.fraud;

import org.jspecify.annotations.NullMarked;
