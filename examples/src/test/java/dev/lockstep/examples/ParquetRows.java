package dev.lockstep.examples;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file, read by parquet-avro: not by the code that wrote it. */
public record ParquetRows(ParquetReader<GenericRecord> reader) implements Closeable {

  public static ParquetRows open(Path file) throws IOException {
    return new ParquetRows(
        AvroParquetReader.<GenericRecord>builder(
                new LocalInputFile(file), new PlainParquetConfiguration())
            .build());
  }

  /** The next row, or null after the last. */
  public @Nullable GenericRecord next() throws IOException {
    return reader.read();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
