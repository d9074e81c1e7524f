import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes the fixtures of Spark: {@code SparkFixtures FOLDER}. */
public final class SparkFixtures {
  private static final String TIME =
      "timestamp_micros(unix_micros(timestamp '2025-01-01 00:00:00 UTC') + id0 * 3600000000)";

  private final SparkSession spark;
  private final Path folder;

  private SparkFixtures(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
            .config("spark.hadoop.dfs.client.read.checksum", "false")
            .getOrCreate()) {
      SparkFixtures fixtures = new SparkFixtures(spark, folder);
      fixtures.instants();
      fixtures.numbers();
      fixtures.layouts();
    }
  }

  private Dataset<Row> base() {
    return spark
        .range(0, 20, 1, 1)
        .withColumnRenamed("id", "id0")
        .select(
            expr("id0"),
            expr("concat('i', id0) id"),
            expr("concat('Card ', id0 % 3) card"),
            expr("cast(1.5 * id0 as double) amount"),
            expr("cast(id0 as int) qty"),
            expr("cast(0.1 as float) price"),
            expr(TIME + " at"));
  }

  private void instants() throws IOException {
    write("at-int96", base(), Map.of());
    write("at-int96-plain", base(), Map.of("parquet.enable.dictionary", "false"));
    write("at-int96-old", base().withColumn("at", expr("timestamp_micros(-152668800000000 + id0 * 3599999999)")), Map.of());
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    write("at-micros", base(), Map.of());
    write("at-ntz", base().withColumn("at", expr("cast(at as timestamp_ntz)")), Map.of());
    write("at-date", base().withColumn("at", expr("cast(at as date)")), Map.of());
    write("at-text", base().withColumn("at", expr("cast(at as string)")), Map.of());
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MILLIS");
    write("at-millis", base(), Map.of());
    spark.conf().unset("spark.sql.parquet.outputTimestampType");
  }

  private void numbers() throws IOException {
    for (String type : List.of("byte", "long", "double")) {
      write("qty-" + type, base().withColumn("qty", expr("cast(qty as " + type + ")")), Map.of());
    }
    for (String[] d : new String[][] {{"9", "2"}, {"18", "4"}, {"38", "18"}}) {
      Dataset<Row> rows =
          base().withColumn("amount", expr("cast(amount as decimal(" + d[0] + ", " + d[1] + "))"));
      write("amount-decimal-" + d[0] + "-" + d[1], rows, Map.of());
      spark.conf().set("spark.sql.parquet.writeLegacyFormat", "true");
      write("amount-legacy-decimal-" + d[0] + "-" + d[1], rows, Map.of());
      spark.conf().unset("spark.sql.parquet.writeLegacyFormat");
    }
    write("card-binary", base().withColumn("card", expr("cast(card as binary)")), Map.of());
    write("qty-nulls", base().withColumn("qty", expr("if(id0 = 4, null, qty)")), Map.of());
  }

  private void layouts() throws IOException {
    Dataset<Row> nested =
        base()
            .withColumn("place", expr("named_struct('city', 'Bern', 'at', named_struct('x', qty))"))
            .withColumn("tags", expr("array('a', card)"))
            .withColumn("extras", expr("map(card, qty)"));
    write("nested-unneeded", nested, Map.of());
    write("version-2", base(), Map.of("parquet.writer.version", "v2"));
    for (String codec : List.of("zstd", "lz4_raw")) {
      write("codec-" + codec.replace('_', '-'), base(), Map.of("compression", codec));
    }
    write("empty", base().where("id0 < 0"), Map.of());
    Dataset<Row> dates =
        base()
            .withColumn("at", expr("timestamp_micros(unix_micros(at) + (id0 div 10) * 86400000000)"))
            .withColumn("date", expr("cast(at as date)"));
    dates.drop("id0").write().partitionBy("date").parquet(folder.resolve("by-date").toString());
    base()
        .withColumn("country", expr("if(id0 % 2 = 0, 'DE', 'C/H')"))
        .withColumn("country", expr("if(id0 = 3, null, country)"))
        .drop("id0")
        .write()
        .partitionBy("country")
        .parquet(folder.resolve("by-country").toString());
    tidy();
  }

  private void write(String name, Dataset<Row> rows, Map<String, String> options) throws IOException {
    Path to = folder.resolve(name);
    DataFrameWriter<Row> writer = rows.drop("id0").write();
    options.forEach(writer::option);
    writer.parquet(to.toString());
    try (Stream<Path> files = Files.list(to)) {
      Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(part, folder.resolve(name + ".parquet"));
    }
    delete(to);
  }

  /** Gives the parts of partitioned folders names that don't change from run to run. */
  private void tidy() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      if (file.getFileName().toString().endsWith(".crc")) {
        Files.delete(file);
      } else if (file.getFileName().toString().startsWith("part-")) {
        Files.move(file, file.resolveSibling("part-00000.snappy.parquet"));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
