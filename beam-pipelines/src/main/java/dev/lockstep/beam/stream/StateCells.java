package dev.lockstep.beam.stream;

import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.ValueState;

/**
 * The cells of one key's state. Every write is of a fresh array, and none is changed after: on the
 * heap backend the cell holds that very array.
 *
 * @param value a view's header, or all of a routed table's key; empty where there is no state
 * @param blocks a view's sealed blocks, by id; empty elsewhere
 */
record StateCells(ValueState<byte[]> value, MapState<Long, byte[]> blocks) {
  void clear() {
    value.clear();
    blocks.clear();
  }
}
