import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** Writes the fixtures of parquet-avro: {@code AvroFixtures FOLDER}. */
public final class AvroFixtures {
  private static final long START_MICROS = 1_735_689_600_000_000L;
  private static final String AT_MICROS = "{'type': 'long', 'logicalType': 'timestamp-micros'}";

  private final Path folder;

  private AvroFixtures(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    AvroFixtures fixtures = new AvroFixtures(folder);
    for (String logical : List.of("timestamp-millis", "local-timestamp-millis", "local-timestamp-micros")) {
      fixtures.write("at-" + logical, "at", "{'type': 'long', 'logicalType': '" + logical + "'}", "");
    }
    fixtures.write("at-long", "at", "'long'", "");
    fixtures.write("at-nullable", "at", "['null', " + AT_MICROS + "]", "");
    fixtures.write("amount-decimal-bytes", "amount", "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 12, 'scale': 2}", "");
    fixtures.write("amount-decimal-fixed", "amount", "{'type': 'fixed', 'name': 'money', 'size': 6, 'logicalType': 'decimal', 'precision': 12, 'scale': 2}", "");
    fixtures.write("card-fixed", "card", "{'type': 'fixed', 'name': 'six', 'size': 6}", "");
    fixtures.write("nested-unneeded", "at", AT_MICROS,
        ", {'name': 'place', 'type': {'type': 'record', 'name': 'Place', 'fields': [{'name': 'city', 'type': 'string'}]}}"
            + ", {'name': 'tags', 'type': {'type': 'array', 'items': 'string'}}"
            + ", {'name': 'extras', 'type': {'type': 'map', 'values': 'int'}}");
  }

  private void write(String name, String odd, String type, String more) throws IOException {
    StringBuilder fields = new StringBuilder();
    for (String[] column :
        new String[][] {{"id", "'string'"}, {"card", "'string'"}, {"amount", "'double'"}, {"qty", "'int'"}, {"price", "'float'"}, {"at", AT_MICROS}}) {
      fields.append(fields.isEmpty() ? "" : ", ").append("{'name': '").append(column[0]).append("', 'type': ");
      fields.append(column[0].equals(odd) ? type : column[1]).append("}");
    }
    String text = "{'type': 'record', 'name': 'Txn', 'fields': [" + fields + more + "]}";
    Schema schema = new Schema.Parser().parse(text.replace('\'', '"'));
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(folder.resolve(name + ".parquet")))
            .withConf(new PlainParquetConfiguration())
            .withSchema(schema)
            .build()) {
      for (int i = 0; i < 20; i++) {
        GenericRecord row = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          row.put(field.name(), cell(field, i));
        }
        writer.write(row);
      }
    }
  }

  private static Object cell(Schema.Field field, int i) {
    Schema type = field.schema().isUnion() ? field.schema().getTypes().get(1) : field.schema();
    return switch (field.name()) {
      case "id" -> "i" + i;
      case "card" -> bytes(type, ("Card " + i % 3).getBytes(StandardCharsets.UTF_8));
      case "amount" -> amount(type, 1.5 * i);
      case "qty" -> type.getType() == Schema.Type.LONG ? (Object) (long) i : (Object) i;
      case "price" -> 0.1f;
      case "at" -> instant(type, START_MICROS + i * 3_600_000_000L);
      case "place" -> {
        GenericRecord place = new GenericData.Record(type);
        place.put("city", "Bern");
        yield place;
      }
      case "tags" -> List.of("a", "b" + i);
      default -> Map.of("k" + i, i);
    };
  }

  private static Object bytes(Schema type, byte[] bytes) {
    return switch (type.getType()) {
      case STRING -> new String(bytes, StandardCharsets.UTF_8);
      case BYTES -> ByteBuffer.wrap(bytes);
      default -> new GenericData.Fixed(type, bytes);
    };
  }

  private static Object amount(Schema type, double value) {
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      byte[] bytes = BigDecimal.valueOf(value).setScale(decimal.getScale()).unscaledValue().toByteArray();
      if (type.getType() == Schema.Type.BYTES) {
        return ByteBuffer.wrap(bytes);
      }
      byte[] fixed = new byte[type.getFixedSize()];
      System.arraycopy(bytes, 0, fixed, fixed.length - bytes.length, bytes.length);
      return new GenericData.Fixed(type, fixed);
    }
    return type.getType() == Schema.Type.FLOAT ? (Object) (float) value : (Object) value;
  }

  private static Object instant(Schema type, long micros) {
    if (type.getType() == Schema.Type.INT) {
      return (int) (micros / 86_400_000_000L);
    }
    String logical = type.getLogicalType() == null ? "" : type.getLogicalType().getName();
    return logical.endsWith("millis") ? micros / 1_000 : micros;
  }
}
