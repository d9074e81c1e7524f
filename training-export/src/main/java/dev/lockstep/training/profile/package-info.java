/**
 * The figures of a training set: how each feature is distributed, how it moves over time, and what
 * it tells about the label. Functions of columns; reading is behind {@link
 * dev.lockstep.training.profile.TrainingColumns} alone.
 */
@NullMarked
package dev.lockstep.training.profile;

import org.jspecify.annotations.NullMarked;
