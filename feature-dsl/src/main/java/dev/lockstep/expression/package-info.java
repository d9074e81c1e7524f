/**
 * What expressions are made of: read by the plan, the kernel and the oracle, out of users' sight.
 */
@NullMarked
package dev.lockstep.expression;

import org.jspecify.annotations.NullMarked;
