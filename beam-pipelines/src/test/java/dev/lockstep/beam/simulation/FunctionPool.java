package dev.lockstep.beam.simulation;

import dev.lockstep.define.FeatureSet;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;

/**
 * The functions of a definition's steps. To set one up takes longer than a short run, so one whose
 * last bundle has ended is used again by a later subtask; one that was in the middle of a bundle
 * when its job was killed is not.
 */
final class FunctionPool {
  private final FeatureSet<?> set;
  private final SharedStore store = new SharedStore();
  private final Map<Integer, ArrayDeque<DoFn<Object, Object>>> free = new HashMap<>();

  FunctionPool(FeatureSet<?> set) {
    this.set = set;
  }

  /** What all functions take for the online store. */
  SharedStore store() {
    return store;
  }

  DoFn<Object, Object> take(Step step, PipelineOptions options) {
    DoFn<Object, Object> function = of(step).poll();
    if (function == null) {
      function = Packed.open(step.function.packed(), set, store);
      DoFnInvokers.tryInvokeSetupFor(function, options);
    }
    return function;
  }

  void give(Step step, DoFn<Object, Object> function) {
    of(step).add(function);
  }

  private ArrayDeque<DoFn<Object, Object>> of(Step step) {
    return free.computeIfAbsent(step.index, i -> new ArrayDeque<>());
  }
}
