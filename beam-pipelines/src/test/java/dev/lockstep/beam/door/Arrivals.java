package dev.lockstep.beam.door;

import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;

/** Rows on their way in: what other tools wrote, before anything of ours has read it. */
public sealed interface Arrivals {
  /** Rows of one Parquet file, in its order. */
  record OfFile(Path file) implements Arrivals {}

  /**
   * Messages of one topic, in order.
   *
   * @param writers the Avro schemas that a project's folder of schemas has
   */
  record OfMessages(List<byte[]> messages, List<Schema> writers) implements Arrivals {}

  /** Records that a program made, in order. */
  record OfRecords(List<Object> records) implements Arrivals {}
}
