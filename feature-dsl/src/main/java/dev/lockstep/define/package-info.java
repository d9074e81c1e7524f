/** What users write: sources, entities, views, tables, expressions, feature sets. */
@NullMarked
package dev.lockstep.define;

import org.jspecify.annotations.NullMarked;
