package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.Rejected;
import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Writes the rejected rows of each kind into one file, beside the parts of the training set. */
final class WriteRejected extends DoFn<KV<String, Iterable<Rejected>>, KV<String, Long>> {
  private static final long serialVersionUID = 1L;

  /** A rejected row in the file. */
  record Row(String source, String reason, String position) {}

  private final TrainingSetFolder folder;

  WriteRejected(TrainingSetFolder folder) {
    this.folder = folder;
  }

  /** The name of a kind's file. */
  static String fileOf(Rejected.Kind kind) {
    return switch (kind) {
      case LATE -> "late.parquet";
      case DEAD_LETTER -> "dead-letters.parquet";
    };
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<Rejected>> kind, OutputReceiver<KV<String, Long>> out) {
    long count = 0;
    try (RecordParquetWriter<Row> writer =
        RecordParquetWriter.open(Row.class, folder.rejected().resolve(kind.getKey()))) {
      for (Rejected rejected : kind.getValue()) {
        writer.write(new Row(rejected.source(), rejected.reason(), rejected.position()));
        count++;
      }
    } catch (IOException e) {
      throw TrainingSetException.notWritten(folder.rejected(), e);
    }
    out.output(KV.of(Tally.REJECTED, count));
  }
}
