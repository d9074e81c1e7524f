package dev.lockstep.beam.batch;

import dev.lockstep.plan.Branch;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ValuesCodec;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Computes a shard where several keys ask: what it answers goes back to the ranges of the requests.
 *
 * <pre>
 * an answer        row (varint), space (varint), answering branches of the space (varint), the
 *                  values of each one's result types
 * </pre>
 */
final class AnswerShard extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Long, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private transient @Nullable BatchLayout layout;

  AnswerShard(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> shard,
      OutputReceiver<KV<Long, byte[]>> out,
      MultiOutputReceiver others)
      throws IOException {
    BatchLayout made = java.util.Objects.requireNonNull(layout, "not set up");
    Answers answers = new Answers((range, block) -> out.output(KV.of(range, block)));
    try (ShardSorter sorter = new ShardSorter(made.layouts(), definition.settings().shardBytes())) {
      for (byte[] block : shard.getValue()) {
        sorter.add(block);
      }
      ShardKernel.run(sorter, made, definition, shard.getKey(), answers)
          .forEach((name, count) -> others.get(Steps.COUNTS).output(KV.of(name, count)));
    }
    answers.flush();
  }

  /** Blocks of answers by range. */
  private static final class Answers implements KeyKernel.Sink {
    private final BlockBuffers blocks = new BlockBuffers(RangeAssembler.ANSWERS);
    private final BlockBuffers.Sink sink;

    Answers(BlockBuffers.Sink sink) {
      this.sink = sink;
    }

    @Override
    public void answered(RoutedRow request, @Nullable Values[] answers) {
      KeySpace space = request.layout.space();
      BlockBuffers.Block block = blocks.block(request.range);
      block.bytes.writeVarint(request.row);
      block.bytes.writeVarint(space.index());
      block.bytes.writeVarint(request.requestMask);
      for (Branch branch : space.branches()) {
        Values answer = answers[branch.index()];
        if (answer != null) {
          ValuesCodec.write(answer, block.bytes);
        }
      }
      blocks.wrote(request.range, block, sink);
    }

    void flush() {
      blocks.flush(sink);
    }
  }
}
