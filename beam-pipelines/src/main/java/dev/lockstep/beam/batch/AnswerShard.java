package dev.lockstep.beam.batch;

import dev.lockstep.value.Values;
import dev.lockstep.wire.ValuesCodec;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Computes a shard where several keys ask: what it answers goes back to the ranges of the requests.
 *
 * <pre>
 * an answer        row (varint), space (varint), the keys of the space that asked (varint), the
 *                  values of each branch that they ask, of its result types
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
    BatchLayout made = Objects.requireNonNull(layout, "not set up");
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
      for (int b = 0; b < space.branches().size(); b++) {
        int ask = space.firstAsk(b, request.requestMask);
        if (ask >= 0) {
          ValuesCodec.write(Objects.requireNonNull(answers[ask]), block.bytes);
        }
      }
      blocks.wrote(request.range, block, sink);
    }

    void flush() {
      blocks.flush(sink);
    }
  }
}
