package dev.lockstep.beam.write;

import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One part of a training set on its way into a Parquet file (snappy). The same rows give the same
 * bytes. Not thread-safe.
 */
public final class TrainingSetWriter implements Closeable {
  private final ParquetWriter<LabelledVector> writer;

  private TrainingSetWriter(ParquetWriter<LabelledVector> writer) {
    this.writer = writer;
  }

  /**
   * Opens a file; one already there, of an attempt that failed, is overwritten.
   *
   * @throws IOException if the file can't be written
   */
  public static TrainingSetWriter open(Path file, TrainingSchema schema) throws IOException {
    Builder builder =
        new Builder(new LocalOutputFile(file), schema)
            .withConf(new PlainParquetConfiguration())
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withDictionaryEncoding(TrainingSchema.REQUEST_ID, false);
    for (TrainingSchema.Column feature : schema.features()) {
      if (feature.type() == ValueType.DOUBLE) {
        // Averages hardly repeat: a dictionary would be filled for nothing.
        builder = builder.withDictionaryEncoding(feature.name(), false);
      }
    }
    return new TrainingSetWriter(builder.build());
  }

  /** Writes one row; rows keep the order of the calls. */
  public void write(LabelledVector row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<LabelledVector, Builder> {
    private final TrainingSchema schema;

    Builder(OutputFile file, TrainingSchema schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<LabelledVector> getWriteSupport(ParquetConfiguration conf) {
      return new Rows(schema);
    }

    @Override
    protected WriteSupport<LabelledVector> getWriteSupport(Configuration conf) {
      return new Rows(schema);
    }
  }

  /** A vector as a row of Parquet. */
  private static final class Rows extends WriteSupport<LabelledVector> {
    private final TrainingSchema schema;
    private final List<Map.Entry<String, ValueType>> columns;
    private @Nullable RecordConsumer consumer;

    Rows(TrainingSchema schema) {
      this.schema = schema;
      this.columns = schema.columns();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema.parquet(), Map.of());
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema.parquet(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(LabelledVector row) {
      RecordConsumer out = Objects.requireNonNull(consumer);
      FeatureVector vector = row.vector();
      out.startMessage();
      text(out, 0, vector.requestId());
      integer(out, 1, vector.eventTimeMicros());
      integer(out, 2, vector.availableAtMicros());
      for (int e = 0; e < schema.entities().size(); e++) {
        String key = vector.entities().get(schema.entities().get(e));
        if (key != null) {
          text(out, 3 + e, key);
        }
      }
      int first = schema.firstFeature();
      Values values = vector.values();
      for (int f = 0; f < values.size(); f++) {
        if (!values.isNull(f)) {
          value(out, first + f, values, f);
        }
      }
      Object label = row.label();
      if (label != null) {
        label(out, columns.size() - 1, label);
      }
      out.endMessage();
    }

    private void text(RecordConsumer out, int column, String value) {
      out.startField(columns.get(column).getKey(), column);
      out.addBinary(Binary.fromString(value));
      out.endField(columns.get(column).getKey(), column);
    }

    private void integer(RecordConsumer out, int column, long value) {
      out.startField(columns.get(column).getKey(), column);
      out.addLong(value);
      out.endField(columns.get(column).getKey(), column);
    }

    private void value(RecordConsumer out, int column, Values values, int index) {
      out.startField(columns.get(column).getKey(), column);
      switch (values.type(index)) {
        case BOOLEAN -> out.addBoolean(values.getBoolean(index));
        case LONG, INSTANT -> out.addLong(values.getLong(index));
        case DECIMAL -> out.addBinary(DecimalColumn.value(values.bits(index)));
        case DOUBLE -> out.addDouble(values.getDouble(index));
        case STRING ->
            out.addBinary(Binary.fromString(Objects.requireNonNull(values.getString(index))));
      }
      out.endField(columns.get(column).getKey(), column);
    }

    private void label(RecordConsumer out, int column, Object label) {
      out.startField(columns.get(column).getKey(), column);
      if (label instanceof Boolean flag) {
        out.addBoolean(flag);
      } else if (label instanceof Double number) {
        out.addDouble(number);
      } else if (label instanceof BigDecimal decimal) {
        out.addBinary(DecimalColumn.value(Decimals.bitsOf(decimal)));
      } else if (label instanceof Instant instant) {
        out.addLong(Micros.of(instant));
      } else {
        out.addLong((Long) label);
      }
      out.endField(columns.get(column).getKey(), column);
    }
  }
}
