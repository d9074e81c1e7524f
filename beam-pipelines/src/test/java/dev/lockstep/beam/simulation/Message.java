package dev.lockstep.beam.simulation;

import java.util.ArrayDeque;

/** What goes over an edge between two subtasks. */
sealed interface Message {
  /** An element as its coder writes it. */
  record Element(byte[] bytes, long timestampMillis) implements Message {}

  /** No element behind it is of a time before. */
  record Watermark(long millis) implements Message {}

  /** What is before it belongs to a checkpoint, what is behind doesn't. */
  record Barrier(int checkpoint) implements Message {}

  /** An edge between two subtasks: first in, first out. */
  final class Channel {
    final ArrayDeque<Message> queue = new ArrayDeque<>();
    final Subtask to;
    final Step.Edge edge;
    long watermark = Long.MIN_VALUE;

    /** Its barrier has come, those of other channels haven't: what is behind waits. */
    boolean isBlocked;

    Channel(Subtask to, Step.Edge edge) {
      this.to = to;
      this.edge = edge;
    }

    boolean canDeliver() {
      return !isBlocked && !queue.isEmpty();
    }
  }
}
