package dev.lockstep.kernel;

import dev.lockstep.value.Values;

/** Finishes features of one kind of aggregation, one after another. */
interface FinishLoop {
  void finish(FeatureSlot[] slots, Values out);
}
