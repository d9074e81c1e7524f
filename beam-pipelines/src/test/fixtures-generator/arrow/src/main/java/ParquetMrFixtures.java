import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Writes the fixtures of Parquet's own Java writer, for physical types that no tool above writes:
 * {@code ParquetMrFixtures FOLDER}.
 */
public final class ParquetMrFixtures {
  private static final long START_MICROS = 1_735_689_600_000_000L;
  private static final String[] BASE = {
    "required binary id (STRING)",
    "required binary card (STRING)",
    "required double amount",
    "required int32 qty",
    "required float price",
    "required int64 at (TIMESTAMP(MICROS,true))"
  };

  private final Path folder;

  private ParquetMrFixtures(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    ParquetMrFixtures fixtures = new ParquetMrFixtures(folder);
    fixtures.instants();
    fixtures.numbers();
    fixtures.text();
    fixtures.layouts();
  }

  private void instants() throws IOException {
    with("at-int96", "required int96 at");
    with("at-text-binary", "optional binary at");
    with("at-time-of-day", "optional int64 at (TIME(MICROS,true))");
  }

  private void numbers() throws IOException {
    for (String type :
        new String[] {"int32 %s (DECIMAL(9,2))", "int32 %s (DECIMAL(9,7))", "int64 %s (DECIMAL(18,2))",
          "int64 %s (DECIMAL(18,12))", "binary %s (DECIMAL(38,2))", "binary %s (DECIMAL(60,20))",
          "fixed_len_byte_array(20) %s (DECIMAL(40,18))"}) {
      String name = "amount-" + type.replace(" %s", "").replaceAll("[^a-zA-Z0-9]+", "-").toLowerCase().replaceAll("-$", "");
      with(name, "optional " + type.formatted("amount"));
    }
    with("qty-decimal-int32-0", "optional int32 qty (DECIMAL(9,0))");
    with("qty-decimal-binary-3", "optional binary qty (DECIMAL(20,3))");
    with("qty-double", "optional double qty");
    with("amount-float16", "optional fixed_len_byte_array(2) amount (FLOAT16)");
    with("amount-int32-doubled", "optional int32 amount");
  }

  private void text() throws IOException {
    with("amount-json", "optional binary amount (JSON)");
    with("qty-json", "optional binary qty (JSON)");
    with("card-binary", "optional binary card");
    with("card-fixed", "optional fixed_len_byte_array(6) card");
    with("card-enum", "optional binary card (ENUM)");
    with("card-json", "optional binary card (JSON)");
    with("card-bson", "optional binary card (BSON)");
    with("id-uuid", "optional fixed_len_byte_array(16) id (UUID)");
    with("card-repeated", "repeated binary card (STRING)");
  }

  private void layouts() throws IOException {
    for (CompressionCodecName codec :
        new CompressionCodecName[] {CompressionCodecName.GZIP, CompressionCodecName.ZSTD, CompressionCodecName.LZ4_RAW}) {
      write("codec-" + codec.name().toLowerCase().replace('_', '-'), BASE, b -> b.withCompressionCodec(codec));
    }
    write("version-2", BASE, b -> b.withWriterVersion(WriterVersion.PARQUET_2_0));
    write("version-2-delta", BASE, b -> b.withWriterVersion(WriterVersion.PARQUET_2_0).withDictionaryEncoding(false));
    write("byte-stream-split", BASE, b -> b.withByteStreamSplitEncoding(true).withDictionaryEncoding(false));
    write("small-pages", BASE, b -> b.withPageRowCountLimit(3).withDictionaryEncoding(false));
  }

  private void with(String name, String odd) throws IOException {
    String column = odd.replaceAll(" \\(.*$", "").replaceAll("^.* ", "");
    String[] columns = BASE.clone();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].contains(" " + column)) {
        columns[i] = odd;
      }
    }
    write(name, columns, b -> {});
  }

  private void write(String name, String[] columns, Consumer<ExampleParquetWriter.Builder> options)
      throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType("message txn { " + String.join("; ", columns) + "; }");
    Path file = folder.resolve(name + ".parquet");
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema);
    options.accept(builder);
    try (ParquetWriter<Group> writer = builder.build()) {
      for (int i = 0; i < 20; i++) {
        Group row = new SimpleGroupFactory(schema).newGroup();
        for (int c = 0; c < columns.length; c++) {
          add(row, schema.getType(c).asPrimitiveType(), i);
        }
        writer.write(row);
      }
    }
  }

  private static void add(Group row, PrimitiveType type, int i) {
    String column = type.getName();
    switch (column) {
      case "id" -> text(row, type, type.getTypeLength() == 16 ? uuid(i) : Binary.fromString("i" + i));
      case "card" -> text(row, type, Binary.fromString("Card " + i % 3));
      case "amount" -> number(row, type, 1.5 * i);
      case "qty" -> number(row, type, i);
      case "price" -> number(row, type, 0.1);
      default -> instant(row, type, START_MICROS + i * 3_600_000_000L);
    }
  }

  private static Binary uuid(int i) {
    ByteBuffer bytes = ByteBuffer.allocate(16).putLong(0x4000L).putLong(0x8000_0000_0000_0000L + i);
    return Binary.fromConstantByteArray(bytes.array());
  }

  private static void text(Group row, PrimitiveType type, Binary text) {
    row.add(type.getName(), text);
  }

  private static void number(Group row, PrimitiveType type, double value) {
    String name = type.getName();
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      BigInteger unscaled = BigDecimal.valueOf(value).setScale(decimal.getScale()).unscaledValue();
      switch (type.getPrimitiveTypeName()) {
        case INT32 -> row.add(name, unscaled.intValueExact());
        case INT64 -> row.add(name, unscaled.longValueExact());
        case BINARY -> row.add(name, Binary.fromConstantByteArray(unscaled.toByteArray()));
        default -> {
          byte[] bytes = unscaled.toByteArray();
          byte[] fixed = new byte[type.getTypeLength()];
          System.arraycopy(bytes, 0, fixed, fixed.length - bytes.length, bytes.length);
          row.add(name, Binary.fromConstantByteArray(fixed));
        }
      }
      return;
    }
    switch (type.getPrimitiveTypeName()) {
      case INT32 -> row.add(name, (int) (name.equals("amount") ? 2 * value : value));
      case INT64 -> row.add(name, (long) value);
      case FLOAT -> row.add(name, (float) value);
      case DOUBLE -> row.add(name, value);
      case BINARY -> row.add(name, value == (long) value ? "" + (long) value : "" + value);
      default -> row.add(name, float16(value));
    }
  }

  /** Half precision of a multiple of 1.5 below 32. */
  private static Binary float16(double value) {
    int bits = 0;
    if (value != 0) {
      int exponent = Math.getExponent(value);
      bits = (exponent + 15) << 10 | (int) ((value / Math.scalb(1.0, exponent) - 1) * 1024);
    }
    return Binary.fromConstantByteArray(new byte[] {(byte) bits, (byte) (bits >> 8)});
  }

  private static void instant(Group row, PrimitiveType type, long micros) {
    String name = type.getName();
    String logical = String.valueOf(type.getLogicalTypeAnnotation());
    switch (type.getPrimitiveTypeName()) {
      case INT96 -> row.add(name, int96(micros));
      case INT32 -> row.add(name, (int) (micros / 86_400_000_000L));
      case BINARY -> row.add(name, java.time.Instant.ofEpochSecond(micros / 1_000_000).toString());
      default -> {
        long value = logical.contains("MILLIS") ? micros / 1_000 : logical.contains("NANOS") ? micros * 1_000 : micros;
        row.add(name, logical.startsWith("TIME(") ? value % 86_400_000_000L : value);
      }
    }
  }

  private static Binary int96(long micros) {
    long days = Math.floorDiv(micros, 86_400_000_000L);
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(Math.floorMod(micros, 86_400_000_000L) * 1_000).putInt((int) (days + 2_440_588));
    return Binary.fromConstantByteArray(bytes.array());
  }
}
