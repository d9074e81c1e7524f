package dev.lockstep.beam.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our reading of pages against Parquet's reading of records, over files of two writers. */
class ColumnChunksTest {
  private static final int FILES = 200;

  @TempDir Path folder;

  @Test
  void sameAsParquetsOwnReader() throws IOException {
    Set<Encoding> seen = EnumSet.noneOf(Encoding.class);
    long rows = 0;
    int groups = 0;
    for (long seed = 0; seed < FILES; seed++) {
      Path file = folder.resolve(seed + ".parquet");
      new RandomParquet(seed).write(file);
      rows += ParquetOracle.check(file, "seed " + seed);
      try (ParquetFileReader reader = ColumnChunks.open(file.toString())) {
        groups += reader.getRowGroups().size();
        reader
            .getRowGroups()
            .forEach(g -> g.getColumns().forEach(c -> seen.addAll(c.getEncodings())));
      }
      Files.delete(file);
    }
    assertTrue(rows > 400_000, rows + " rows");
    assertTrue(groups > 3 * FILES / 2, groups + " row groups");
    assertTrue(
        seen.containsAll(
            List.of(
                Encoding.PLAIN,
                Encoding.PLAIN_DICTIONARY,
                Encoding.RLE_DICTIONARY,
                Encoding.RLE,
                Encoding.DELTA_BINARY_PACKED,
                Encoding.DELTA_BYTE_ARRAY,
                Encoding.BYTE_STREAM_SPLIT)),
        seen.toString());
  }

  @Test
  void sameOfWhatDuckDbWrites() throws IOException, SQLException {
    Random random = new Random(4);
    int rows = 35_000;
    List<String> columns = new ArrayList<>();
    for (String type :
        List.of(
            "BOOLEAN",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL(9,2)",
            "DECIMAL(18,4)",
            "DECIMAL(38,6)")) {
      String name = type.replaceAll("[^A-Z]", "_").toLowerCase(Locale.ROOT);
      columns.add("(hash(i + 1) % 100)::" + type + " AS few_" + name + columns.size());
      columns.add(
          "CASE WHEN hash(i + 2) % 9 = 0 THEN NULL ELSE CAST((hash(i) % 32000) / 8 AS "
              + (type.equals("BOOLEAN") ? "INTEGER)::BOOLEAN" : type + ")")
              + " END AS many_"
              + name
              + columns.size());
    }
    for (String unit : List.of("TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_MS", "TIMESTAMP_NS")) {
      columns.add(
          "CASE WHEN i % 50 < 3 THEN NULL ELSE make_timestamp(1000000000000000 + i * 1000003)::"
              + unit
              + " END AS at_"
              + columns.size());
    }
    columns.add("'k' || (hash(i) % 30) AS text_few");
    columns.add("CASE WHEN hash(i) % 4 <> 0 THEN 'äö' || hash(i) END AS text_many");
    columns.add("NULL::VARCHAR AS nothing");
    for (String written : List.of("V1 snappy", "V1 gzip", "V2 zstd", "V2 uncompressed")) {
      String[] how = written.split(" ");
      Path file = folder.resolve(how[0] + how[1] + ".parquet");
      int group = 2_048 * (1 + random.nextInt(20));
      copy(
          "SELECT " + String.join(", ", columns) + " FROM range(" + rows + ") t(i)",
          file,
          "COMPRESSION " + how[1] + ", PARQUET_VERSION " + how[0] + ", ROW_GROUP_SIZE " + group);
      assertEquals(rows, ParquetOracle.check(file, written + " " + group));
    }
  }

  private static void copy(String query, Path file, String options) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
    }
  }
}
