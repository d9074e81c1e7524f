package dev.lockstep.beam.batch;

import dev.lockstep.kernel.AskKeys;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteWriter;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Lets the requests of a range ask what only answers tell the keys of: lookups by a field of
 * another (C10). The requests and what was answered go on to the range's next step, and there meet
 * the answers to these.
 */
final class AskFurther extends DoFn<KV<Long, Iterable<byte[]>>, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private final int level;
  private transient @Nullable BatchLayout layout;

  /**
   * @param level of the asks that are asked now
   */
  AskFurther(Definition definition, int level) {
    this.definition = definition;
    this.level = level;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  @ProcessElement
  public void process(@Element KV<Long, Iterable<byte[]>> range, MultiOutputReceiver receiver) {
    BatchLayout made = Objects.requireNonNull(layout, "not set up");
    RangeAssembler rows = new RangeAssembler(made, range.getKey());
    range.getValue().forEach(rows::add);
    Outlet out = Outlet.of(receiver);
    Asking asking = new Asking(made, range.getKey(), out);
    rows.askFurther(asking);
    asking.flush();
    rows.others().forEach(block -> out.requests(range.getKey(), block));
  }

  private final class Asking implements RangeAssembler.FurtherSink {
    private final List<KeySpace> spaces;
    private final BatchLayout layout;
    private final long range;
    private final Outlet out;
    private final AskKeys keys;
    private final SourceRowCodec sourceRows;
    private final RoutedRow routedRow;
    private final ByteWriter scratch = new ByteWriter();
    private final BlockBuffers routed = new BlockBuffers();
    private final BlockBuffers requests = new BlockBuffers(RangeAssembler.REQUESTS);

    Asking(BatchLayout layout, long range, Outlet out) {
      this.layout = layout;
      this.spaces = layout.spaces().stream().filter(s -> s.level() == level).toList();
      this.range = range;
      this.out = out;
      this.keys = new AskKeys(layout.plan());
      this.sourceRows = new SourceRowCodec(layout.plan());
      this.routedRow = new RoutedRow(layout.layouts());
      routedRow.hasKey = true;
      routedRow.asks = true;
      routedRow.requestMask = 1; // such a space is asked by one key
      routedRow.range = range;
    }

    @Override
    public void ask(
        int row,
        long answering,
        @Nullable String name,
        SourceRow request,
        @Nullable Values[] answers) {
      long asked = answering;
      for (KeySpace space : spaces) {
        int first = space.firstAsk(0, 1);
        String key = keys.of(layout.plan().asks().get(first), request.values(), answers);
        if (key != null) {
          for (int b = 0; b < space.branches().size(); b++) {
            asked |= 1L << space.firstAsk(b, 1);
          }
          route(space, key, row, request);
        }
      }
      BlockBuffers.Block block = requests.block(range);
      RowRouter.writeRequest(block.bytes, row, asked, name, request, sourceRows);
      requests.wrote(range, block, out::requests);
    }

    private void route(KeySpace space, String key, int row, SourceRow request) {
      routedRow.layout = layout.layout(space, layout.plan().requestSource().index());
      routedRow.key = key;
      routedRow.eventTimeMicros = request.eventTimeMicros();
      routedRow.availableAtMicros = request.availableAtMicros();
      routedRow.sequence = request.sequence();
      routedRow.row = row;
      int shard = Shards.of(space, key, definition.shards());
      BlockBuffers.Block block = routed.block(shard);
      routedRow.write(scratch, block.bytes);
      routed.wrote(shard, block, out::routed);
    }

    void flush() {
      routed.flush(out::routed);
      requests.flush(out::requests);
    }
  }
}
