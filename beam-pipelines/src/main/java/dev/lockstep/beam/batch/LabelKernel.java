package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import dev.lockstep.beam.write.LabelDelays;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EventLabelState;
import dev.lockstep.kernel.LabelStateCodec;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A label: it counts whenever it became known, so all of a key's events come before its requests
 * are answered. A key's rows are held in memory.
 */
final class LabelKernel extends KeyKernel {
  /** A request that waits for the key's events. */
  private record Waiting(BranchRow row, long range) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private final RoutedRow answered;
  private final LabelStateCodec codec;
  private final boolean isEndless;
  private final boolean awaitsFirst;
  private final long longestWaitMicros;
  private final String source;
  private final Map<String, Long> delays = new TreeMap<>();
  private BranchState state;

  LabelKernel(KeySpace space, BatchLayout layout, Definition definition) {
    super(space, layout.plan().asks().size());
    this.state = BranchState.of(branches[0]);
    this.answered = new RoutedRow(layout.layouts());
    this.codec = new LabelStateCodec(branches[0]);
    LabelPlan label = (LabelPlan) branches[0];
    this.isEndless = label.maturityMicros().isEmpty();
    this.awaitsFirst = definition.awaited(layout.plan()) != null && isEndless;
    this.source = layout.plan().sources().get(label.source()).name();
    this.longestWaitMicros =
        Math.max(label.maturityMicros().orElse(0), layout.plan().requestSource().latenessMicros());
  }

  @Override
  void begin(String key, @Nullable EntityRecord held) {
    byte[] bytes = held == null ? null : held.states().get(0);
    state = bytes == null ? BranchState.of(branches[0]) : codec.fromBytes(bytes);
    waiting.clear();
  }

  @Override
  void row(RoutedRow row, Sink sink) {
    answered.layout = row.layout;
    boolean isEvent = isIn(row.eventMask, 0);
    boolean isRequest = isIn(row.requestMask, 0);
    BranchRow placed = branchRow(row, 0, isEvent, isRequest, null);
    if (isEvent) {
      state.add(placed);
    }
    if (isRequest) {
      waiting.add(new Waiting(placed, row.range));
    }
  }

  @Override
  void end(Sink sink) throws IOException {
    Arrays.fill(answers, null);
    // Without an end it is the first event's value: until there is one, requests wait for it (L6).
    boolean undecided = awaitsFirst && LabelStateCodec.isEmpty(state);
    if (!undecided) {
      space.answer(0, 1, results[0], answers);
    }
    for (Waiting request : waiting) {
      state.answer(request.row, results[0]);
      countDelay(request.row);
      answered.range = request.range;
      answered.row = request.row.requestRow();
      answered.requestMask = undecided ? 0 : 1;
      sink.answered(answered, answers);
    }
  }

  /** Where nothing else says how long an outcome takes, it is seen. */
  private void countDelay(BranchRow request) {
    if (isEndless && state instanceof EventLabelState label && !label.isEmpty()) {
      long delay = label.firstKnownMicros() - request.eventTimeMicros();
      delays.merge(Tally.of(LabelDelays.name(delay), source), 1L, Long::sum);
    }
  }

  @Override
  Map<String, Long> counts() {
    return delays;
  }

  @Override
  List<byte @Nullable []> states(long cutMicros) {
    // Who is still to ask hasn't come yet, or waits: it is no older than either takes.
    state.prune(Micros.minusSaturating(cutMicros, longestWaitMicros));
    return Collections.singletonList(LabelStateCodec.isEmpty(state) ? null : codec.toBytes(state));
  }
}
