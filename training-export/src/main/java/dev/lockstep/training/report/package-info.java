/**
 * Pages for people: one HTML file each, with charts and tables, that asks nothing of any server.
 * Leaf: it knows nothing of what is shown.
 */
@NullMarked
package dev.lockstep.training.report;

import org.jspecify.annotations.NullMarked;
