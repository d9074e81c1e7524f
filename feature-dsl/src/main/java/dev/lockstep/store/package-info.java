/** The online store as the kernel's callers see it: batch-shaped and guarded by marks (C11). */
@NullMarked
package dev.lockstep.store;

import org.jspecify.annotations.NullMarked;
