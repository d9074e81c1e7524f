package dev.lockstep.beam.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/** A step of a {@link JobGraph}: the source, a function, or what writes to a topic. */
final class Step {
  /**
   * What goes from an output of one step to another.
   *
   * @param isKeyed whether an element goes where its key's group is; else to the subtask of the
   *     same number
   */
  record Edge(Step from, TupleTag<?> tag, Coder<?> coder, Step to, boolean isKeyed) {}

  /** What a function's subtasks are made of. */
  record Function(
      byte[] packed,
      TupleTag<?> mainTag,
      TupleTagList moreTags,
      Coder<?> input,
      @Nullable Coder<?> key,
      Map<TupleTag<?>, Coder<?>> outputs) {}

  final int index;
  final String name;

  /** Null for the source and for what writes to topics. */
  final @Nullable Function function;

  final List<Edge> inputs = new ArrayList<>();
  final List<Edge> outputs = new ArrayList<>();

  Step(int index, String name, @Nullable Function function) {
    this.index = index;
    this.name = name;
    this.function = function;
  }

  boolean isSource() {
    return inputs.isEmpty();
  }

  boolean isKeyed() {
    return function != null && function.key != null;
  }

  @Override
  public String toString() {
    return name;
  }
}
