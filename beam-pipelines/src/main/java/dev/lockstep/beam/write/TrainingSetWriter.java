package dev.lockstep.beam.write;

import dev.lockstep.value.ValueType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
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
  private final ParquetWriter<Integer> writer;

  private TrainingSetWriter(ParquetWriter<Integer> writer) {
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
  public void write(List<dev.lockstep.value.ColumnVector> columns, int rows) throws IOException {
    CURRENT.set(columns);
    for (int i = 0; i < rows; i++) {
      writer.write(i);
    }
  }

  static final ThreadLocal<List<dev.lockstep.value.ColumnVector>> CURRENT = new ThreadLocal<>();

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
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
    protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration conf) {
      return new Rows(schema);
    }

    @Override
    protected WriteSupport<Integer> getWriteSupport(Configuration conf) {
      return new Rows(schema);
    }
  }

  /** A vector as a row of Parquet. */
  private static final class Rows extends WriteSupport<Integer> {
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
    public void write(Integer row) {
      RecordConsumer out = Objects.requireNonNull(consumer);
      out.startMessage();
      List<dev.lockstep.value.ColumnVector> cs = CURRENT.get();
      for (int c = 0; c < cs.size(); c++) {
        dev.lockstep.value.ColumnVector v = cs.get(c);
        if (v.isNull(row)) continue;
        out.startField(columns.get(c).getKey(), c);
        switch (v.type()) {
          case BOOLEAN -> out.addBoolean(v.bits(row) != 0);
          case LONG, INSTANT -> out.addLong(v.bits(row));
          case DECIMAL -> out.addBinary(DecimalColumn.value(v.bits(row)));
          case DOUBLE -> out.addDouble(v.getDouble(row));
          case STRING -> out.addBinary(Binary.fromString(Objects.requireNonNull(v.getString(row))));
        }
        out.endField(columns.get(c).getKey(), c);
      }
      out.endMessage();
    }
  }
}
