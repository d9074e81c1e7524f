package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.StateFileWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Writes the rows that aren't available before the cut into the snapshot, in order of bytes. */
final class WriteCarried extends DoFn<KV<Integer, Iterable<byte[]>>, KV<String, Long>> {
  private static final long serialVersionUID = 1L;

  private final SnapshotFolder folder;

  WriteCarried(SnapshotFolder folder) {
    this.folder = folder;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> all, OutputReceiver<KV<String, Long>> out)
      throws IOException {
    List<byte[]> rows = new ArrayList<>();
    for (byte[] row : all.getValue()) {
      if (row.length > 0) {
        rows.add(row);
      }
    }
    rows.sort(Arrays::compareUnsigned);
    try (StateFileWriter file = StateFileWriter.open(folder.carried())) {
      for (byte[] row : rows) {
        file.next().writeBytes(row);
        file.write();
      }
      file.end();
    }
    out.output(KV.of(Tally.CARRIED, (long) rows.size()));
  }
}
