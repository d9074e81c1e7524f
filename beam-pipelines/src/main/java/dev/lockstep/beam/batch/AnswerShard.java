package dev.lockstep.beam.batch;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchRowCodec;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ValuesCodec;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Runs the kernel over all keys of a shard, one key after the other in knowledge order; the answers
 * go back to the ranges of the requests.
 *
 * <pre>
 * an answer        row (varint), branch (varint), values of the branch's result types
 * </pre>
 */
final class AnswerShard extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Long, byte[]>> {
  private static final long serialVersionUID = 1L;

  /** A state is asked to forget after so many rows: it looks through what it holds. */
  private static final int PRUNE_EVERY = 256;

  private final Definition definition;
  private transient @Nullable FeaturePlan plan;

  AnswerShard(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    plan = definition.plan();
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<KV<Long, byte[]>> out) {
    if (plan == null) {
      throw new IllegalStateException("not set up");
    }
    List<Branch> branches = plan.branches();
    ShardRows rows = new ShardRows(branches.size());
    shard.getValue().forEach(rows::add);
    Answers answers = new Answers(branches, (range, block) -> out.output(KV.of(range, block)));
    rows.forEachKey(
        branches.stream().map(b -> new BranchRowCodec(b.columnTypes())).toList(),
        (branch, keyRows) -> answer(branches.get(branch), keyRows, answers));
    answers.flush();
  }

  private static void answer(Branch branch, List<ShardRows.Placed> rows, Answers answers) {
    BranchState state = BranchState.of(branch);
    if (branch instanceof LabelPlan) {
      // A label counts whenever it became known: all events first.
      for (ShardRows.Placed placed : rows) {
        if (placed.row().isEvent()) {
          state.add(placed.row());
        }
      }
    }
    long lateness = branch instanceof ViewPlan view ? view.requestLatenessMicros() : -1;
    int untilPrune = PRUNE_EVERY;
    for (ShardRows.Placed placed : rows) {
      BranchRow row = placed.row();
      if (row.isRequest()) {
        answers.write(branch, state, placed);
      } else if (!(branch instanceof LabelPlan)) {
        state.add(row);
      }
      if (lateness >= 0 && --untilPrune == 0) {
        // Later requests are known no earlier than this row.
        state.prune(Micros.minusSaturating(row.availableAtMicros(), lateness));
        untilPrune = PRUNE_EVERY;
      }
    }
  }

  /** Blocks of answers by range. */
  private static final class Answers {
    private final BlockBuffers blocks = new BlockBuffers(RangeAssembler.ANSWERS);
    private final List<Values> results;
    private final BlockBuffers.Sink sink;

    Answers(List<Branch> branches, BlockBuffers.Sink sink) {
      this.results = branches.stream().map(b -> new Values(b.resultTypes())).toList();
      this.sink = sink;
    }

    void write(Branch branch, BranchState state, ShardRows.Placed placed) {
      Values result = results.get(branch.index());
      state.answer(placed.row(), result);
      BlockBuffers.Block block = blocks.block(placed.range());
      block.bytes.writeVarint(placed.row().requestRow());
      block.bytes.writeVarint(branch.index());
      ValuesCodec.write(result, block.bytes);
      blocks.wrote(placed.range(), block, sink);
    }

    void flush() {
      blocks.flush(sink);
    }
  }
}
