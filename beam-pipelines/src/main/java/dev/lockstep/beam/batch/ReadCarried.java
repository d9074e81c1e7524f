package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.CarriedRow;
import dev.lockstep.beam.snapshot.StateFileReader;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.wire.ByteReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Takes in the rows that the snapshot before carries, as if they were a file. */
final class ReadCarried extends DoFn<KV<String, Long>, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final Definition definition;
  private transient @Nullable BatchLayout layout;

  ReadCarried(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  /**
   * @param file its path, and the number of the first range that is free for its rows
   */
  @ProcessElement
  public void process(@Element KV<String, Long> file, MultiOutputReceiver receiver)
      throws IOException {
    BatchLayout made = java.util.Objects.requireNonNull(layout, "not set up");
    Outlet out = Outlet.of(receiver);
    SourceRowCodec codec = new SourceRowCodec(made.plan());
    Map<Integer, Intake> intakes = new HashMap<>();
    long place = 0;
    try (StateFileReader reader = StateFileReader.open(Path.of(file.getKey()))) {
      for (ByteReader record = reader.next(); record != null; record = reader.next()) {
        CarriedRow carried = CarriedRow.read(codec, record);
        intakes
            .computeIfAbsent(
                carried.row().source(),
                source -> new Intake(definition, made, source, RowNames.NONE))
            .accept(
                carried.row(),
                file.getValue() + place / RowGroup.RANGE_ROWS,
                (int) (place % RowGroup.RANGE_ROWS),
                carried.name(),
                file.getKey(),
                place,
                out);
        place++;
      }
    }
    intakes.values().forEach(intake -> intake.flush(out));
  }
}
