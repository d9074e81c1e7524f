/** The online store on Redis: the only code that knows lettuce. */
@NullMarked
package dev.lockstep.serving.redis;

import org.jspecify.annotations.NullMarked;
