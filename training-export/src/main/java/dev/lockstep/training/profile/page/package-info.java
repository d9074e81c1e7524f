/** The page of a training set: its figures as charts and tables. */
@NullMarked
package dev.lockstep.training.profile.page;

import org.jspecify.annotations.NullMarked;
