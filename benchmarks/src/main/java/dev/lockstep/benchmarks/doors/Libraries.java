package dev.lockstep.benchmarks.doors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** What people would read the same rows with: Jackson, Avro, parquet-avro. */
final class Libraries {
  private static final int AVRO_HEADER = 10;
  private static final String QTY = "qty";

  private Libraries() {}

  /** Jackson's databind to the record. */
  static <T> Side jackson(Class<T> type, List<byte[]> messages, ToIntFunction<T> qty) {
    ObjectReader reader = new ObjectMapper().registerModule(new JavaTimeModule()).readerFor(type);
    return () -> {
      long sum = 0;
      for (byte[] message : messages) {
        T record = reader.readValue(message);
        sum += qty.applyAsInt(record);
      }
      return sum;
    };
  }

  /** Avro's generic reader, behind the header of the single-object encoding. */
  static Side avro(Schema schema, List<byte[]> messages) {
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);
    int qty = schema.getField(QTY).pos();
    return () -> {
      long sum = 0;
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
      for (byte[] message : messages) {
        decoder =
            DecoderFactory.get()
                .binaryDecoder(message, AVRO_HEADER, message.length - AVRO_HEADER, decoder);
        GenericRecord record = reader.read(null, decoder);
        sum += ((Number) record.get(qty)).longValue();
      }
      return sum;
    };
  }

  /** parquet-avro's reader. */
  static Side parquet(Path file) {
    return () -> {
      long sum = 0;
      try (ParquetReader<GenericRecord> reader =
          AvroParquetReader.<GenericRecord>builder(
                  new LocalInputFile(file), new PlainParquetConfiguration())
              .build()) {
        for (GenericRecord record = reader.read(); record != null; record = reader.read()) {
          sum += ((Number) record.get(QTY)).longValue();
        }
      }
      return sum;
    };
  }
}
