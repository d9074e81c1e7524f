package dev.lockstep.kernel;

import dev.lockstep.value.Values;

/** The loop that {@link FinishLoops} copies: its call is compiled for the one kind it sees. */
final class OneKindLoop implements FinishLoop {
  @Override
  public void finish(FeatureSlot[] slots, Values out) {
    for (FeatureSlot slot : slots) {
      slot.aggregation().finish(slot.state(), slot.rows(), out, slot.result());
    }
  }
}
