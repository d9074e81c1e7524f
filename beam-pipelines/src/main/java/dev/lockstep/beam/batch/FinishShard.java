package dev.lockstep.beam.batch;

import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Computes a shard where one key asks all branches: the shard has whole vectors, and hands them on
 * itself, key by key in knowledge order.
 *
 * @param <O> what becomes of the rows
 */
final class FinishShard<O> extends DoFn<KV<Integer, Iterable<byte[]>>, O> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private final RowNames names;
  private final RowOutput<O> output;
  private transient @Nullable BatchLayout layout;

  FinishShard(Definition definition, RowNames names, RowOutput<O> output) {
    this.definition = definition;
    this.names = names;
    this.output = output;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> shard,
      OutputReceiver<O> receiver,
      MultiOutputReceiver others)
      throws IOException {
    if (shard.getKey() >= definition.shards()) {
      Asides.handOn(shard.getValue(), others);
      return;
    }
    BatchLayout made = java.util.Objects.requireNonNull(layout, "not set up");
    try (ShardSorter sorter = new ShardSorter(made.layouts(), definition.settings().shardBytes());
        RowSink sink = output.begin(made.plan(), shard.getKey(), receiver::output)) {
      for (byte[] block : shard.getValue()) {
        sorter.add(block);
      }
      ShardKernel.run(sorter, made, definition, shard.getKey(), new Requests(made, names, sink))
          .forEach((name, count) -> others.get(Steps.COUNTS).output(KV.of(name, count)));
      sink.end();
    }
  }

  /** Makes requests whole again of what they carried. */
  private static final class Requests implements KeyKernel.Sink {
    private final RowLayout carried;
    private final SourcePlan source;
    private final Values values;
    private final List<Integer> id;
    private final RowNames names;
    private final RowSink sink;

    Requests(BatchLayout layout, RowNames names, RowSink sink) {
      this.source = layout.plan().requestSource();
      this.carried = layout.layout(layout.spaces().get(0), source.index());
      this.values = source.newRow();
      this.id = source.idColumn() < 0 ? List.of() : List.of(source.idColumn());
      this.names = names;
      this.sink = sink;
    }

    @Override
    public void answered(RoutedRow request, @Nullable Values[] answers) throws IOException {
      Values sent = java.util.Objects.requireNonNull(request.values, "a request carries its row");
      int[] columns = carried.columns();
      for (int i = 0; i < columns.length; i++) {
        values.copy(columns[i], sent, i);
      }
      if (carried.keyColumn() >= 0) {
        if (request.hasKey) {
          values.setString(carried.keyColumn(), request.key);
        } else {
          values.setNull(carried.keyColumn());
        }
      }
      String declared = id.isEmpty() ? null : EntityKeys.of(values, id);
      String requestId =
          declared != null
              ? declared
              : request.name != null ? request.name : names.name(request.range, request.row);
      sink.row(
          new SourceRow(
              source.index(),
              request.eventTimeMicros,
              request.availableAtMicros,
              request.sequence,
              declared,
              values,
              0),
          requestId,
          answers);
    }
  }
}
