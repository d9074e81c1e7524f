package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.SimulatedFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaRecord;

/**
 * A subtask of the source: asks its slots' readers in turn, and stands at the least watermark of
 * those that it has asked.
 */
final class SourceSubtask extends Subtask {
  private static final class Slot {
    final UnboundedReader<KafkaRecord<byte[], byte[]>> reader;
    boolean isStarted;

    Slot(UnboundedReader<KafkaRecord<byte[], byte[]>> reader) {
      this.reader = reader;
    }
  }

  private final List<Slot> slots = new ArrayList<>();
  private int next;

  SourceSubtask(SimulatedJob job, Step step, int index) {
    super(job, step, index);
  }

  void add(UnboundedReader<KafkaRecord<byte[], byte[]>> reader) {
    slots.add(new Slot(reader));
  }

  /** Asks the next slot for a record; whether it had one. */
  boolean poll() {
    if (slots.isEmpty()) {
      return false;
    }
    Slot slot = slots.get(next);
    next = (next + 1) % slots.size();
    try {
      boolean has = slot.isStarted ? slot.reader.advance() : slot.reader.start();
      slot.isStarted = true;
      if (has) {
        send(
            step.outputs.get(0).tag(),
            slot.reader.getCurrent(),
            slot.reader.getCurrentTimestamp().getMillis());
      }
      return has;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int slots() {
    return slots.size();
  }

  /** Tells where its slots stand. */
  void tellWatermark() {
    long least = Long.MAX_VALUE;
    for (Slot slot : slots) {
      if (slot.isStarted) {
        least = Math.min(least, slot.reader.getWatermark().getMillis());
      }
    }
    if (slots.isEmpty()) {
      return;
    }
    if (least != Long.MAX_VALUE) {
      inputWatermark = Math.max(inputWatermark, job.sabotage().watermark(least));
      emitWatermark(inputWatermark);
    }
  }

  @Override
  void process(Message.Element element, Step.Edge edge) {
    throw new IllegalStateException("nothing comes to " + step);
  }

  @Override
  void advance() {}

  @Override
  void finish() {}

  @Override
  void snapshot(Checkpoint checkpoint) {
    try {
      for (Slot slot : slots) {
        CheckpointMark mark = slot.reader.getCheckpointMark();
        checkpoint.marks.add(mark);
        checkpoint.splits.add(
            new Checkpoint.Split(
                (dev.lockstep.beam.kafka.TopicSource) slot.reader.getCurrentSource(),
                SimulatedFeed.toBytes(mark)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
