package dev.lockstep.beam.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.NullSideInputReader;
import org.apache.beam.runners.core.SimpleDoFnRunner;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the subtasks of a step, as Flink and Beam's runner on it work: it takes elements one by
 * one in bundles, fires timers when the least of its channels' watermarks moves, holds its own
 * watermark while a bundle is open, and waits at a barrier for those of its other channels.
 */
abstract class Subtask {
  /** More than any watermark has to fire of so few rows. */
  private static final int MOST_FIRINGS = 5_000;

  final SimulatedJob job;
  final Step step;
  final int index;
  final List<Message.Channel> inputs = new ArrayList<>();

  /** By output edge of the step, then by subtask; one alone where the edge isn't keyed. */
  final Map<Step.Edge, List<Message.Channel>> outputs = new HashMap<>();

  long inputWatermark = Long.MIN_VALUE;
  private long outputWatermark = Long.MIN_VALUE;
  boolean isBundleOpen;
  private int barriers;

  Subtask(SimulatedJob job, Step step, int index) {
    this.job = job;
    this.step = step;
    this.index = index;
  }

  abstract void process(Message.Element element, Step.Edge edge);

  /** The watermark of what came in has moved. */
  abstract void advance();

  /** Ends the open bundle. */
  abstract void finish();

  abstract void snapshot(Checkpoint checkpoint);

  /** What holds the watermark of what it sends. */
  long holdMillis() {
    return Long.MAX_VALUE;
  }

  final void deliver(Message.Channel channel) {
    Message message = channel.queue.remove();
    if (message instanceof Message.Element element) {
      job.countProcessed();
      process(element, channel.edge);
    } else if (message instanceof Message.Watermark watermark) {
      channel.watermark = watermark.millis();
      long least = Long.MAX_VALUE;
      for (Message.Channel input : inputs) {
        least = Math.min(least, input.watermark);
      }
      if (least > inputWatermark) {
        inputWatermark = least;
        advance();
      }
    } else if (message instanceof Message.Barrier barrier) {
      channel.isBlocked = true;
      if (++barriers == inputs.size()) {
        barriers = 0;
        inputs.forEach(input -> input.isBlocked = false);
        pass(barrier.checkpoint());
      }
    }
    emitWatermark(Math.min(inputWatermark, holdMillis()));
  }

  /** Ends its bundle, writes down what it is, and lets the barrier go on. */
  final void pass(int checkpoint) {
    if (isBundleOpen) {
      finish();
    }
    emitWatermark(Math.min(inputWatermark, holdMillis()));
    outputs
        .values()
        .forEach(channels -> channels.forEach(to -> to.queue.add(new Message.Barrier(checkpoint))));
    job.acknowledge(this, checkpoint);
  }

  final void emitWatermark(long millis) {
    if (millis > outputWatermark && !isBundleOpen) {
      outputWatermark = millis;
      outputs
          .values()
          .forEach(channels -> channels.forEach(to -> to.queue.add(new Message.Watermark(millis))));
    }
  }

  final <T> void send(TupleTag<?> tag, T value, long timestampMillis) {
    for (Step.Edge edge : step.outputs) {
      if (edge.tag().equals(tag)) {
        List<Message.Channel> to = job.channels(this, edge);
        Message.Element element = new Message.Element(bytes(edge.coder(), value), timestampMillis);
        to.get(edge.isKeyed() ? job.subtaskOf(keyOf(edge.to(), value)) : 0).queue.add(element);
      }
    }
  }

  static ByteBuffer keyOf(Step step, Object value) {
    return ByteBuffer.wrap(bytes(step.function.key(), ((KV<?, ?>) value).getKey()));
  }

  @SuppressWarnings("unchecked")
  static byte[] bytes(Coder<?> coder, Object value) {
    try {
      return CoderUtils.encodeToByteArray((Coder<Object>) coder, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Object value(Coder<?> coder, byte[] bytes) {
    try {
      return CoderUtils.decodeFromByteArray(coder, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A subtask that runs a function. */
  static final class OfFunction extends Subtask implements StepContext, WindowedValueMultiReceiver {
    private final KeyedState state = new KeyedState();
    private final KeyedTimers timers;
    private @Nullable DoFnRunner<Object, Object> runner;

    OfFunction(SimulatedJob job, Step step, int index) {
      super(job, step, index);
      this.timers = new KeyedTimers(job.schedule(), state);
    }

    /** Made when it is needed: many subtasks of a short run never see an element. */
    @SuppressWarnings("unchecked")
    private DoFnRunner<Object, Object> runner() {
      if (runner == null) {
        Step.Function function = step.function;
        DoFn<Object, Object> fn = job.functions().take(step, job.options());
        runner =
            new SimpleDoFnRunner<>(
                job.options(),
                fn,
                NullSideInputReader.empty(),
                this,
                (TupleTag<Object>) function.mainTag(),
                function.moreTags().getAll(),
                this,
                (Coder<Object>) function.input(),
                function.outputs(),
                WindowingStrategy.globalDefault(),
                DoFnSchemaInformation.create(),
                Map.of());
      }
      return runner;
    }

    KeyedState state() {
      return state;
    }

    KeyedTimers timers() {
      return timers;
    }

    private void startBundle() {
      if (!isBundleOpen) {
        runner().startBundle();
        isBundleOpen = true;
      }
    }

    @Override
    void process(Message.Element element, Step.Edge edge) {
      Object value = value(edge.coder(), element.bytes());
      if (step.isKeyed()) {
        state.setKey(keyOf(step, value));
      }
      startBundle();
      runner()
          .processElement(
              WindowedValues.timestampedValueInGlobalWindow(
                  value, Instant.ofEpochMilli(element.timestampMillis())));
    }

    @Override
    void advance() {
      timers.inputWatermark = inputWatermark;
      int fired = 0;
      for (KeyedTimers.Pending due = timers.takeDue(); due != null; due = timers.takeDue()) {
        fire(due);
        if (++fired > MOST_FIRINGS) {
          throw new IllegalStateException(step + " fires " + due.data() + " again and again");
        }
      }
    }

    /** Fires the timers of processing time whose time has come; whether there were any. */
    boolean fireProcessing() {
      boolean any = false;
      for (var due = timers.takeProcessing(); due != null; due = timers.takeProcessing()) {
        fire(due);
        any = true;
      }
      emitWatermark(Math.min(inputWatermark, holdMillis()));
      return any;
    }

    private void fire(KeyedTimers.Pending due) {
      job.countProcessed();
      state.setKey(due.key());
      startBundle();
      TimerInternals.TimerData timer = due.data();
      runner()
          .onTimer(
              timer.getTimerId(),
              timer.getTimerFamilyId(),
              value(step.function.key(), due.key().array()),
              GlobalWindow.INSTANCE,
              timer.getTimestamp(),
              timer.getOutputTimestamp(),
              timer.getDomain());
    }

    @Override
    void finish() {
      runner().finishBundle();
      isBundleOpen = false;
      emitWatermark(Math.min(inputWatermark, holdMillis()));
    }

    @Override
    long holdMillis() {
      return timers.holdMillis();
    }

    @Override
    void snapshot(Checkpoint checkpoint) {
      checkpoint.add(step, state, timers);
    }

    void close() {
      if (runner != null && !isBundleOpen) {
        job.functions().give(step, runner.getFn());
      }
    }

    @Override
    public <T> void output(TupleTag<T> tag, WindowedValue<T> value) {
      send(tag, value.getValue(), value.getTimestamp().getMillis());
    }

    @Override
    public StateInternals stateInternals() {
      return state;
    }

    @Override
    public TimerInternals timerInternals() {
      return timers;
    }
  }

  /**
   * A subtask that writes to topics: what it sent of a bundle that fails may be there or not; all
   * of one that ends is.
   */
  static final class OfSink extends Subtask {
    private final List<Object> sent = new ArrayList<>();

    OfSink(SimulatedJob job, Step step, int index) {
      super(job, step, index);
    }

    @Override
    void process(Message.Element element, Step.Edge edge) {
      isBundleOpen = true;
      sent.add(value(edge.coder(), element.bytes()));
      if (job.schedule().oneIn(2)) {
        publish();
      }
    }

    private void publish() {
      sent.forEach(job::publish);
      sent.clear();
    }

    @Override
    void advance() {}

    @Override
    void finish() {
      publish();
      isBundleOpen = false;
    }

    @Override
    void snapshot(Checkpoint checkpoint) {}
  }
}
