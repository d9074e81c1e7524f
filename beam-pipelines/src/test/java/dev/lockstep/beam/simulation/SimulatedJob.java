package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.SimulatedFeed;
import dev.lockstep.beam.kafka.SimulatedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.adapter.FlinkKey;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One run of a job, from its start or restart until it crashes or ends. */
final class SimulatedJob {
  private static final int KEY_GROUPS = 128;

  /**
   * What a job is a run of, and where its outputs go.
   *
   * @param published takes what is written to topics
   */
  record Setup(
      JobGraph graph,
      FunctionPool functions,
      PipelineOptions options,
      Sabotage sabotage,
      Consumer<ProducerRecord<byte[], byte[]>> published) {}

  private final Setup setup;
  private final Schedule schedule;
  private final SimulatedFeed feed;
  private final int parallelism;
  private final List<List<Subtask>> subtasks = new ArrayList<>();
  private final List<Subtask> all = new ArrayList<>();
  private final List<Message.Channel> channels = new ArrayList<>();
  private @Nullable Checkpoint running;
  private @Nullable Checkpoint completed;
  private int checkpoints;
  private long processed;

  /**
   * @param from what it comes again from; null to begin
   */
  SimulatedJob(
      Setup setup,
      Schedule schedule,
      SimulatedFeed feed,
      int parallelism,
      @Nullable Checkpoint from) {
    this.setup = setup;
    this.schedule = schedule;
    this.feed = feed;
    this.parallelism = parallelism;
    this.completed = from;
    this.checkpoints = from == null ? 0 : from.id;
    for (Step step : setup.graph.steps()) {
      List<Subtask> of = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        of.add(
            step.isSource()
                ? new SourceSubtask(this, step, i)
                : step.function == null
                    ? new Subtask.OfSink(this, step, i)
                    : new Subtask.OfFunction(this, step, i));
      }
      subtasks.add(of);
      all.addAll(of);
    }
    for (Step step : setup.graph.steps()) {
      step.outputs.forEach(this::connect);
    }
    openSource(from);
    if (from != null) {
      restore(from);
    }
  }

  private void connect(Step.Edge edge) {
    for (Subtask from : subtasks.get(edge.from().index)) {
      List<Message.Channel> to = new ArrayList<>();
      for (Subtask of : subtasks.get(edge.to().index)) {
        if (edge.isKeyed() || of.index == from.index) {
          Message.Channel channel = new Message.Channel(of, edge);
          of.inputs.add(channel);
          to.add(channel);
        }
      }
      from.outputs.put(edge, to);
      channels.addAll(to);
    }
  }

  private void openSource(@Nullable Checkpoint from) {
    List<Checkpoint.Split> splits = new ArrayList<>();
    if (from == null) {
      for (var split : SimulatedKafka.split(setup.graph.source(), parallelism, setup.options)) {
        splits.add(new Checkpoint.Split(split, new byte[0]));
      }
    } else {
      splits.addAll(from.splits);
    }
    List<Subtask> sources = subtasks.get(0);
    int first = schedule.pick(parallelism);
    for (Checkpoint.Split split : splits) {
      SourceSubtask to = (SourceSubtask) sources.get(first++ % parallelism);
      try {
        to.add(feed.open(split.source(), split.mark().length == 0 ? null : split.mark()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void restore(Checkpoint from) {
    for (List<Subtask> of : subtasks) {
      for (Subtask subtask : of) {
        if (!(subtask instanceof Subtask.OfFunction function) || !subtask.step.isKeyed()) {
          continue;
        }
        from.cells
            .get(subtask.step.index)
            .forEach(
                (key, cells) -> {
                  if (subtaskOf(key) == subtask.index) {
                    function.state().restore(key, cells);
                  }
                });
        from.timers
            .get(subtask.step.index)
            .forEach(
                (key, timers) -> {
                  if (subtaskOf(key) == subtask.index) {
                    timers.forEach(timer -> function.timers().set(key, timer));
                  }
                });
      }
    }
  }

  /** The subtask that a key's group belongs to, by Flink's own functions. */
  int subtaskOf(ByteBuffer key) {
    return parallelism == 1
        ? 0
        : KeyGroupRangeAssignment.assignKeyToParallelOperator(
            FlinkKey.of(key), KEY_GROUPS, parallelism);
  }

  List<Message.Channel> channels(Subtask from, Step.Edge edge) {
    return Objects.requireNonNull(from.outputs.get(edge));
  }

  Schedule schedule() {
    return schedule;
  }

  SimulatedFeed feed() {
    return feed;
  }

  PipelineOptions options() {
    return setup.options;
  }

  Sabotage sabotage() {
    return setup.sabotage;
  }

  List<Subtask> subtasks() {
    return all;
  }

  FunctionPool functions() {
    return setup.functions;
  }

  @SuppressWarnings("unchecked")
  void publish(Object record) {
    setup.published.accept((ProducerRecord<byte[], byte[]>) record);
  }

  /** How many elements were taken and timers fired. */
  long processed() {
    return processed;
  }

  void countProcessed() {
    processed++;
  }

  /** The last complete checkpoint; null for none. */
  @Nullable Checkpoint completed() {
    return completed;
  }

  // What happens in it, one step at a time.

  /** Hands on some messages of a channel that has any; whether there was one. */
  boolean deliver(int most) {
    int first = schedule.pick(channels.size());
    for (int i = 0; i < channels.size(); i++) {
      Message.Channel channel = channels.get((first + i) % channels.size());
      if (channel.canDeliver()) {
        for (int n = 0; n < most && channel.canDeliver(); n++) {
          channel.to.deliver(channel);
        }
        return true;
      }
    }
    return false;
  }

  /** Asks a source's readers some times; whether a record came. */
  boolean poll(int times) {
    SourceSubtask source = (SourceSubtask) subtasks.get(0).get(schedule.pick(parallelism));
    boolean any = false;
    for (int i = 0; i < times; i++) {
      any |= source.poll();
    }
    return any;
  }

  /** Asks all readers until none has a record, each at least twice; whether a record came. */
  boolean pollAll() {
    boolean any = false;
    for (Subtask subtask : subtasks.get(0)) {
      SourceSubtask source = (SourceSubtask) subtask;
      for (int quiet = 0; quiet < 2 * source.slots(); quiet++) {
        if (source.poll()) {
          any = true;
          quiet = -1;
        }
      }
    }
    return any;
  }

  void tellWatermark() {
    ((SourceSubtask) subtasks.get(0).get(schedule.pick(parallelism))).tellWatermark();
  }

  void tellWatermarks() {
    subtasks.get(0).forEach(source -> ((SourceSubtask) source).tellWatermark());
  }

  /** Ends the bundle of any subtask that has one open. */
  void finishBundle() {
    int first = schedule.pick(all.size());
    for (int i = 0; i < all.size(); i++) {
      Subtask subtask = all.get((first + i) % all.size());
      if (subtask.isBundleOpen) {
        subtask.finish();
        return;
      }
    }
  }

  /** Ends all open bundles; whether there was one. */
  boolean finishBundles() {
    boolean any = false;
    for (Subtask subtask : all) {
      if (subtask.isBundleOpen) {
        subtask.finish();
        any = true;
      }
    }
    return any;
  }

  /** Fires timers of processing time whose time has come; whether there were any. */
  boolean fireProcessing() {
    boolean any = false;
    for (Subtask subtask : all) {
      if (subtask instanceof Subtask.OfFunction function && function.step.isKeyed()) {
        any |= function.fireProcessing();
      }
    }
    return any;
  }

  boolean waitsForProcessing() {
    return all.stream()
        .anyMatch(s -> s instanceof Subtask.OfFunction f && f.timers().waitsForProcessing());
  }

  /** Begins a checkpoint, unless one goes on; its barriers start at a source's subtasks. */
  boolean beginCheckpoint() {
    if (running != null) {
      return false;
    }
    Checkpoint begun = new Checkpoint(++checkpoints, all.size());
    running = begun;
    schedule.tell(() -> "checkpoint " + begun.id + " begins");
    subtasks.get(0).forEach(source -> source.pass(begun.id));
    return true;
  }

  void acknowledge(Subtask subtask, int id) {
    Checkpoint checkpoint = Objects.requireNonNull(running);
    subtask.snapshot(checkpoint);
    if (checkpoint.acknowledge()) {
      running = null;
      completed = checkpoint;
      schedule.tell(() -> "checkpoint " + id + " is complete");
      try {
        for (var mark : checkpoint.marks) {
          mark.finalizeCheckpoint();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Ends it as a failed process does: nothing is finished or written. */
  void close() {
    for (Subtask subtask : all) {
      if (subtask instanceof Subtask.OfFunction function) {
        function.close();
      }
    }
  }
}
