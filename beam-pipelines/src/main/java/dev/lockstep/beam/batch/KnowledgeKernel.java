package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.TableState;
import dev.lockstep.kernel.TableStateCodec;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views and tables: each request is answered as soon as it comes, from what came before it. */
final class KnowledgeKernel extends KeyKernel {
  /** A state is asked to forget after so many rows: it looks through what it holds. */
  private static final int PRUNE_EVERY = 256;

  private final BranchState[] states;

  /** Views' states that hold nothing, for keys of which nothing is held; null for tables. */
  private final @Nullable EntityState[] reusable;

  /** Each view's columns of an event, filled anew for each; null for tables, which keep them. */
  private final @Nullable Values[] columns;

  private final long[] latenessMicros;
  private int untilPrune;

  KnowledgeKernel(KeySpace space, int asksOfPlan) {
    super(space, asksOfPlan);
    this.states = new BranchState[branches.length];
    this.reusable = new @Nullable EntityState[branches.length];
    this.columns = new @Nullable Values[branches.length];
    this.latenessMicros = new long[branches.length];
    for (int b = 0; b < branches.length; b++) {
      states[b] = BranchState.of(branches[b]);
      if (branches[b] instanceof ViewPlan view) {
        reusable[b] = new EntityState(view);
        columns[b] = new Values(view.columnTypes());
        latenessMicros[b] = view.requestLatenessMicros();
      } else if (branches[b] instanceof LookupPlan lookup) {
        latenessMicros[b] = lookup.requestLatenessMicros();
      }
    }
  }

  @Override
  void begin(String key, @Nullable EntityRecord held) {
    for (int b = 0; b < branches.length; b++) {
      byte[] bytes = held == null ? null : held.states().get(b);
      EntityState empty = reusable[b];
      if (bytes != null) {
        states[b] = held(b, bytes);
      } else if (empty != null) {
        empty.clear();
        states[b] = empty;
      } else {
        states[b] = BranchState.of(branches[b]);
      }
    }
    untilPrune = PRUNE_EVERY;
  }

  private BranchState held(int b, byte[] bytes) {
    return branches[b] instanceof ViewPlan view
        ? new EntityStateCodec(view).fromBytes(bytes)
        : new TableStateCodec((LookupPlan) branches[b]).fromBytes(bytes);
  }

  @Override
  List<byte @Nullable []> states(long cutMicros) {
    prune(cutMicros);
    List<byte @Nullable []> bytes = new ArrayList<>();
    for (int b = 0; b < branches.length; b++) {
      if (states[b] instanceof EntityState entity) {
        bytes.add(
            entity.isEmpty() ? null : new EntityStateCodec((ViewPlan) branches[b]).toBytes(entity));
      } else if (states[b] instanceof TableState table) {
        bytes.add(
            table.versions().isEmpty()
                ? null
                : new TableStateCodec((LookupPlan) branches[b]).toBytes(table));
      } else {
        throw new IllegalStateException("no snapshot holds " + branches[b].name());
      }
    }
    return bytes;
  }

  @Override
  void row(RoutedRow row, Sink sink) throws IOException {
    Arrays.fill(answers, null);
    for (int b = 0; b < branches.length; b++) {
      boolean isEvent = isIn(row.eventMask, b);
      if (space.isAsked(b, row.requestMask)) {
        BranchRow request = branchRow(row, b, isEvent, true, columns[b]);
        states[b].answer(request, results[b]);
        space.answer(b, row.requestMask, results[b], answers);
      } else if (isEvent) {
        states[b].add(branchRow(row, b, true, false, columns[b]));
      }
    }
    if (row.asks) {
      sink.answered(row, answers);
    }
    if (--untilPrune == 0) {
      prune(row.availableAtMicros);
      untilPrune = PRUNE_EVERY;
    }
  }

  /** Later requests are known no earlier than this. */
  private void prune(long availableAtMicros) {
    for (int b = 0; b < branches.length; b++) {
      states[b].prune(Micros.minusSaturating(availableAtMicros, latenessMicros[b]));
    }
  }

  @Override
  void end(Sink sink) {}
}
