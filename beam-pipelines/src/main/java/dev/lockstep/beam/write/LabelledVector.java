package dev.lockstep.beam.write;

import dev.lockstep.value.FeatureVector;
import org.jspecify.annotations.Nullable;

/**
 * A row of a training set.
 *
 * @param label a Boolean, Long, Double or Instant; null where it isn't known, or the set has none
 */
public record LabelledVector(FeatureVector vector, @Nullable Object label) {}
