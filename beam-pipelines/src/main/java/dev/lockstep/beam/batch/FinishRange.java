package dev.lockstep.beam.batch;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of a range together, where several keys answered.
 *
 * @param <O> what becomes of the rows
 */
final class FinishRange<O> extends DoFn<KV<Long, Iterable<byte[]>>, O> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private final RowNames names;
  private final RowOutput<O> output;
  private transient @Nullable BatchLayout layout;

  FinishRange(Definition definition, RowNames names, RowOutput<O> output) {
    this.definition = definition;
    this.names = names;
    this.output = output;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  @ProcessElement
  public void process(@Element KV<Long, Iterable<byte[]>> range, OutputReceiver<O> receiver)
      throws IOException {
    BatchLayout made = java.util.Objects.requireNonNull(layout, "not set up");
    RangeAssembler rows = new RangeAssembler(made, range.getKey());
    range.getValue().forEach(rows::add);
    try (RowSink sink = output.begin(made.plan(), range.getKey(), receiver::output)) {
      rows.assemble(names, sink);
      sink.end();
    }
  }
}
