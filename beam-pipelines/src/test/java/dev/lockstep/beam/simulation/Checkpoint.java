package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.TopicSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;

/** What all subtasks were at their barriers. */
final class Checkpoint {
  /** A slot of the source and the bytes of its mark. */
  record Split(TopicSource source, byte[] mark) {}

  final int id;
  final List<Split> splits = new ArrayList<>();
  final List<CheckpointMark> marks = new ArrayList<>();

  /** By step, then by key. */
  final Map<Integer, Map<ByteBuffer, Map<String, Object>>> cells = new HashMap<>();

  final Map<Integer, Map<ByteBuffer, List<TimerData>>> timers = new HashMap<>();
  private int missing;

  /**
   * @param subtasks how many there are
   */
  Checkpoint(int id, int subtasks) {
    this.id = id;
    this.missing = subtasks;
  }

  void add(Step step, KeyedState state, KeyedTimers pending) {
    cells.computeIfAbsent(step.index, i -> new HashMap<>()).putAll(state.copy());
    timers.computeIfAbsent(step.index, i -> new HashMap<>()).putAll(pending.copy());
  }

  /** Takes note that a subtask is in it; whether that was the last. */
  boolean acknowledge() {
    return --missing == 0;
  }
}
