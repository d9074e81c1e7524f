package dev.lockstep.beam.read;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;

/** Parquet files of random columns, encodings, codecs and sizes of pages, from a seed. */
final class RandomParquet {
  private static final List<String> COLUMNS =
      List.of(
          "boolean %s",
          "int32 %s",
          "int64 %s",
          "int32 %s (INTEGER(16,true))",
          "float %s",
          "double %s",
          "binary %s (STRING)",
          "binary %s",
          "int64 %s (TIMESTAMP(MILLIS,true))",
          "int64 %s (TIMESTAMP(MICROS,true))",
          "int64 %s (TIMESTAMP(NANOS,false))",
          "int32 %s (DECIMAL(9,2))",
          "int64 %s (DECIMAL(18,4))",
          "int64 %s (DECIMAL(18,6))",
          "fixed_len_byte_array(11) %s (DECIMAL(25,3))",
          "binary %s (DECIMAL(30,5))");
  private static final List<CompressionCodecName> CODECS =
      List.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD);

  private final Random random;
  private final MessageType schema;
  private final int[] distinct;
  private final double[] nulls;
  private final boolean[] clumps;
  private final boolean[] nullNow;

  RandomParquet(long seed) {
    this.random = new Random(seed);
    int count = 1 + random.nextInt(4);
    List<String> fields = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      String field = COLUMNS.get(random.nextInt(COLUMNS.size())).formatted("c" + c);
      fields.add((random.nextInt(3) == 0 ? "required " : "optional ") + field + ";");
    }
    this.schema =
        MessageTypeParser.parseMessageType("message m { " + String.join(" ", fields) + " }");
    this.distinct = new int[count];
    this.nulls = new double[count];
    this.clumps = new boolean[count];
    this.nullNow = new boolean[count];
    for (int c = 0; c < count; c++) {
      distinct[c] = new int[] {1, 2, 7, 300, 5_000, 1 << 30}[random.nextInt(6)];
      nulls[c] = new double[] {0, 0, 0.03, 0.5, 0.97, 1}[random.nextInt(6)];
      clumps[c] = random.nextBoolean();
    }
  }

  /** Writes a file. */
  void write(Path file) throws IOException {
    boolean small = random.nextInt(12) != 0;
    int rows = small ? random.nextInt(3_000) : 30_000 + random.nextInt(50_000);
    try (ParquetWriter<Group> writer = writer(file, small)) {
      for (int row = 0; row < rows; row++) {
        Group group = new SimpleGroup(schema);
        for (int c = 0; c < distinct.length; c++) {
          PrimitiveType type = schema.getType(c).asPrimitiveType();
          if (!isNull(c) || type.isRepetition(PrimitiveType.Repetition.REQUIRED)) {
            add(group, c, type);
          }
        }
        writer.write(group);
      }
    }
  }

  private ParquetWriter<Group> writer(Path file, boolean small) throws IOException {
    return ExampleParquetWriter.builder(new LocalOutputFile(file))
        .withConf(new PlainParquetConfiguration())
        .withType(schema)
        .withWriterVersion(
            random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0)
        .withCompressionCodec(CODECS.get(random.nextInt(CODECS.size())))
        .withDictionaryEncoding(random.nextInt(3) != 0)
        .withDictionaryPageSize(random.nextBoolean() ? 1 << 20 : 200)
        .withByteStreamSplitEncoding(random.nextInt(3) == 0)
        .withPageWriteChecksumEnabled(random.nextBoolean())
        .withMinRowCountForPageSizeCheck(1)
        .withPageSize(small && random.nextBoolean() ? 64 : 1 << 16)
        .withPageRowCountLimit(small && random.nextBoolean() ? 1 + random.nextInt(40) : 20_000)
        .withRowGroupSize(random.nextInt(3) == 0 ? 50_000L : 1L << 22)
        .build();
  }

  private boolean isNull(int c) {
    if (!clumps[c] || random.nextInt(200) == 0) {
      nullNow[c] = random.nextDouble() < nulls[c];
    }
    return nullNow[c];
  }

  private void add(Group group, int c, PrimitiveType type) {
    int pick = random.nextInt(distinct[c]);
    Random value = new Random(pick * 31L + c);
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> group.add(c, value.nextBoolean());
      case INT32 -> group.add(c, (int) number(value));
      case INT64 -> {
        // Milliseconds that are microseconds too.
        long number = number(value);
        group.add(c, type.toString().contains("TIMESTAMP") ? number / 2_000 : number);
      }
      case FLOAT -> group.add(c, (float) real(value));
      case DOUBLE -> group.add(c, real(value));
      default -> group.add(c, Binary.fromConstantByteArray(bytes(value, type)));
    }
  }

  private static long number(Random value) {
    return switch (value.nextInt(8)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      case 2 -> value.nextLong();
      case 3 -> 1_000_000_000_000_000L + value.nextInt();
      default -> value.nextInt(2_000) - 1_000;
    };
  }

  private static double real(Random value) {
    return switch (value.nextInt(8)) {
      case 0 -> Double.NaN;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> -0.0;
      case 3 -> Double.longBitsToDouble(value.nextLong());
      default -> value.nextInt(1_000) / 8.0;
    };
  }

  private static byte[] bytes(Random value, PrimitiveType type) {
    if (type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
        || type.getLogicalTypeAnnotation() != null && type.toString().contains("DECIMAL")) {
      byte[] shortest = new BigInteger(1 + value.nextInt(80), value).negate().toByteArray();
      if (type.getTypeLength() == 0) {
        return shortest;
      }
      byte[] padded = new byte[type.getTypeLength()];
      Arrays.fill(padded, shortest[0] < 0 ? (byte) -1 : 0);
      System.arraycopy(shortest, 0, padded, padded.length - shortest.length, shortest.length);
      return padded;
    }
    if (value.nextInt(6) == 0) {
      byte[] noText = new byte[value.nextInt(9)];
      value.nextBytes(noText);
      return noText;
    }
    return ("text-äöü-\uD83D\uDE00-" + value.nextInt())
        .substring(0, value.nextInt(10))
        .getBytes(StandardCharsets.UTF_8);
  }
}
