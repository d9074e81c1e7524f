package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Writes a Parquet file of a drawn layout for a record type. */
final class DrawnFile {
  private DrawnFile() {}

  /**
   * Writes a file.
   *
   * @param unit of bare numbers, as the source declares it
   * @return the file's schema, for a failure's message
   */
  static MessageType write(Draws draws, NaiveRecord record, TimeUnit unit, int rows, Path file)
      throws IOException {
    boolean faulty = !draws.once(3);
    DrawnColumns columns = new DrawnColumns(draws, unit, faulty);
    List<ColumnLayout> layouts = new ArrayList<>();
    for (NaiveRecord.Component component : record.components()) {
      boolean missing =
          draws.once(
              component.javaType().isPrimitive() && faulty
                  ? 40
                  : component.javaType().isPrimitive() ? Integer.MAX_VALUE : 12);
      if (!missing) {
        layouts.add(columns.of(component.column(), component.javaType()));
      }
    }
    others(draws, layouts);
    if (layouts.isEmpty()) {
      layouts.add(number(draws)); // no file is without columns
    }
    Collections.shuffle(layouts, draws.random());
    MessageType schema =
        new MessageType("drawn", layouts.stream().map(ColumnLayout::type).toList());
    try (ParquetWriter<Group> writer = writer(draws, schema, file)) {
      SimpleGroupFactory groups = new SimpleGroupFactory(schema);
      for (int i = 0; i < rows; i++) {
        Group row = groups.newGroup();
        layouts.forEach(layout -> layout.cell().accept(row));
        writer.write(row);
      }
    }
    return schema;
  }

  private static ParquetWriter<Group> writer(Draws draws, MessageType schema, Path file)
      throws IOException {
    return ExampleParquetWriter.builder(new LocalOutputFile(file))
        .withConf(new PlainParquetConfiguration())
        .withType(schema)
        .withCompressionCodec(
            draws.of(
                List.of(
                    CompressionCodecName.UNCOMPRESSED,
                    CompressionCodecName.SNAPPY,
                    CompressionCodecName.ZSTD,
                    CompressionCodecName.GZIP)))
        .withWriterVersion(draws.of(List.of(WriterVersion.values())))
        .withDictionaryEncoding(draws.once(2))
        .withByteStreamSplitEncoding(draws.once(4))
        .withPageRowCountLimit(draws.of(List.of(3, 100, 20_000)))
        .withRowGroupSize(draws.of(List.of(4_096L, 1L << 20)))
        .build();
  }

  /** Columns that nothing needs: a number, a group, a list. */
  private static void others(Draws draws, List<ColumnLayout> layouts) {
    if (draws.once(3)) {
      layouts.add(number(draws));
    }
    if (draws.once(3)) {
      GroupType place =
          Types.optionalGroup()
              .addField(Types.required(PrimitiveTypeName.INT64).named("id"))
              .addField(
                  Types.primitive(PrimitiveTypeName.BINARY, Repetition.REPEATED).named("tags"))
              .named("place of it");
      layouts.add(
          new ColumnLayout(
              place,
              group -> {
                if (draws.once(2)) {
                  Group inner = group.addGroup("place of it");
                  inner.add("id", 7L);
                  for (int i = draws.below(3); i > 0; i--) {
                    inner.add("tags", "t" + i);
                  }
                }
              }));
    }
  }

  private static ColumnLayout number(Draws draws) {
    Type number = Types.optional(PrimitiveTypeName.INT32).named("a-b");
    return new ColumnLayout(number, group -> group.add("a-b", draws.below(9)));
  }
}
