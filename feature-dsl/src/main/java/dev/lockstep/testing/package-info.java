/** For users' tests too: the naive oracle and seeded generators of nasty events. */
@NullMarked
package dev.lockstep.testing;

import org.jspecify.annotations.NullMarked;
