package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private BranchState state;

  LabelKernel(KeySpace space, int branchesOfPlan, List<RowLayout> layouts) {
    super(space, branchesOfPlan);
    this.state = BranchState.of(branches[0]);
    this.answered = new RoutedRow(layouts);
  }

  @Override
  void begin(String key, @Nullable EntityRecord held) {
    if (held != null) {
      throw new IllegalStateException("no snapshot holds a label");
    }
    state = BranchState.of(branches[0]);
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
    answers[branches[0].index()] = results[0];
    for (Waiting request : waiting) {
      state.answer(request.row, results[0]);
      answered.range = request.range;
      answered.row = request.row.requestRow();
      answered.requestMask = 1;
      sink.answered(answered, answers);
    }
  }

  @Override
  List<byte @Nullable []> states(long cutMicros) {
    throw new IllegalStateException("no snapshot holds a label");
  }
}
