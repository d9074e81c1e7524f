package dev.lockstep.beam.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders, patterns and partitions of history. */
class HistoryFilesTest {
  record Sale(String shop, long pieces, Instant date) {}

  @TempDir Path folder;
  private final FeaturePlan features = plan();
  private final SourcePlan plan = features.sources().get(0);

  private static FeaturePlan plan() {
    EventSource<Sale> sales = EventSource.of(Sale.class).named("sales").eventTime(Sale::date);
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(sales)
            .with(
                FeatureView.named("v")
                    .over(sales)
                    .by(Entity.string("shop"), Sale::shop)
                    .feature(
                        "sum",
                        Aggregations.sum(Sale::pieces).over(Window.last(Durations.days(1))))));
  }

  @BeforeEach
  void days() throws IOException {
    for (int day = 1; day <= 3; day++) {
      for (String part : List.of("b.parquet", "a.parquet")) {
        sale("history/date=2001-01-0" + day + "/" + part, "required int64 pieces", day);
      }
    }
  }

  /** A file of one sale, of the columns that its folders don't say. */
  private Path sale(String name, String pieces, long value) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message sale { required binary shop (STRING); " + pieces + "; }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      Group row = new SimpleGroup(schema);
      row.add("shop", "north");
      if (value >= 0 && schema.getType(1).getName().equals("pieces")) {
        row.add("pieces", value);
      }
      writer.write(row);
    }
    return file;
  }

  private void check(List<String> expected, String... given) {
    assertEquals(
        expected,
        HistoryFiles.expand("sales", Stream.of(given).map(folder::resolve).toList()).stream()
            .map(f -> folder.relativize(f).toString().replace("history/date=2001-01-0", ""))
            .toList());
  }

  @Test
  void foldersAndPatterns() {
    List<String> all =
        List.of(
            "1/a.parquet",
            "1/b.parquet",
            "2/a.parquet",
            "2/b.parquet",
            "3/a.parquet",
            "3/b.parquet");
    check(all, "history");
    check(all, "history/date=2001-01-*");
    check(all, "history/date=2001-01-*/**.parquet");
    check(all, "**/*.parquet");
    check(all, "history/**/*.parquet");
    check(all, "history/date=*/**/[ab].parquet");
    check(all.subList(2, 4), "history/date=2001-01-02");
    check(List.of("1/b.parquet", "3/b.parquet"), "history/date=2001-01-0{1,3}/b.*");
    check(List.of("3/b.parquet"), "history/date=2001-01-03/b.parquet");
  }

  @Test
  void whatIsGivenTwiceCountsOnce() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.parquet"), day("1/a.parquet"));
    Files.createSymbolicLink(folder.resolve("folder"), folder.resolve("history"));
    check(
        List.of("2/b.parquet", "2/a.parquet", "link.parquet"),
        "history/date=2001-01-02/b.parquet",
        "history/date=2001-01-02",
        "link.parquet",
        "history/date=2001-01-0[12]/a.parquet",
        "folder/date=2001-01-02");
  }

  private Path day(String rest) {
    return folder.resolve("history/date=2001-01-0" + rest);
  }

  @Test
  void whatIsNotDoneOrNoParquetIsIgnored() throws IOException {
    for (String name : List.of("_a.parquet", ".b.parquet", "c.crc", "_SUCCESS")) {
      Files.writeString(day("1/" + name), "no Parquet");
    }
    Files.createDirectories(folder.resolve("history/_temporary/0"));
    Files.copy(day("1/a.parquet"), folder.resolve("history/_temporary/0/a.parquet"));
    check(List.of("1/a.parquet", "1/b.parquet"), "history/date=2001-01-01");
    check(List.of("1/a.parquet", "2/a.parquet", "3/a.parquet"), "history/**/a.parquet");
    check(List.of("1/a.parquet", "1/b.parquet"), "history/date=2001-01-01/*");
    check(List.of("1/c.crc"), "history/date=2001-01-01/*.crc");
    check(List.of("1/_a.parquet"), "history/date=2001-01-01/_a.parquet");
  }

  @Test
  void aNameThatLooksLikeAPatternIsAFileIfItIsThere() throws IOException {
    Files.copy(day("1/a.parquet"), folder.resolve("a[1].parquet"));
    check(List.of("a[1].parquet"), "a[1].parquet");
  }

  @Test
  void nothingFoundSaysWhatIsThere() throws IOException {
    refused(
        "pattern "
            + folder
            + "/history/date=2002-*/**.parquet matches no file and no folder with"
            + " *.parquet files; "
            + folder
            + "/history holds [date=2001-01-01, date=2001-01-02, date=2001-01-03]. Give a Parquet"
            + " file",
        "history/date=2002-*/**.parquet");
    Files.createDirectories(folder.resolve("empty"));
    refused("folder " + folder + "/empty holds no *.parquet file; ", "empty");
    refused(" isn't there; give the path of a Parquet file, a folder", "history/nothing.parquet");
    refused(folder + " holds [empty, history])", "other/nothing.parquet");
  }

  private void refused(String part, String... given) {
    List<Path> paths = Stream.of(given).map(folder::resolve).toList();
    HistoryFileException e =
        assertThrows(HistoryFileException.class, () -> HistoryFiles.inspect(plan, paths));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().contains("sales"), e.getMessage());
  }

  @Test
  void linksInACircleAreAnError() throws IOException {
    Files.createSymbolicLink(folder.resolve("history/again"), folder.resolve("history"));
    refused("can't be looked through", "history");
  }

  @Test
  void whatMustNotBeReadIsNamed() throws IOException {
    Path file = day("2/a.parquet");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "everything is readable by root");
    refused(file + " of sales can't be read: permission denied", "history");
  }

  @Test
  void everyFileThatDoesNotFitIsNamed() throws IOException {
    for (int i = 10; i < 22; i++) {
      sale(
          "bad/date=2001-01-" + i + "/a.parquet",
          "optional group pieces { optional int64 n; } optional int64 other",
          -1);
    }
    List<Path> given = List.of(folder.resolve("history"), folder.resolve("bad"));
    HistoryFileException e =
        assertThrows(HistoryFileException.class, () -> HistoryFiles.inspect(plan, given));
    assertTrue(e.getMessage().startsWith("12 of 18 files of sales:\n- "), e.getMessage());
    assertEquals(
        10,
        e.getMessage().split("column \\[pieces \\(nested\\)] can't be read as LONG", -1).length
            - 1);
    assertTrue(e.getMessage().endsWith("\nand 2 more"), e.getMessage());
    assertEquals(6, HistoryFiles.inspect(plan, given.subList(0, 1)).size());
  }

  private List<String> rows(Path file) {
    List<String> rows = new ArrayList<>();
    RowIntake door = RowIntake.of(features, plan);
    HistoryRows.read(
        door,
        List.of(file),
        new HistoryRows.Sink() {
          @Override
          public void row(String path, long row, long timestamp, long position) {
            try {
              Values values = door.values();
              for (int c = 0; c < values.size(); c++) {
                rows.add(plan.columns().get(c).name() + " " + values.get(c));
              }
            } catch (DataException e) {
              rows.add(e.getMessage());
            }
          }

          @Override
          public void unreadable(String path, long row, DataException reason) {
            throw reason;
          }
        });
    return rows.stream().sorted().toList();
  }

  @Test
  void foldersGiveColumns() throws IOException {
    assertEquals(
        List.of("date 2001-01-02T00:00:00Z", "pieces 2", "shop north"), rows(day("2/a.parquet")));
    String times = "date=2001-01-02T03%3A04%3A05Z/pieces=7/date=2001-01-03 04%3A05%3A06.5/";
    assertEquals(
        List.of("date 2001-01-03T04:05:06.500Z", "pieces 7", "shop north"),
        rows(sale(times + "a.parquet", "required int64 other", 1)));
    assertEquals(
        List.of("date null", "pieces 8", "shop north"),
        rows(
            sale(
                "date=__HIVE_DEFAULT_PARTITION__/pieces=9/shop=south/a.parquet",
                "required int64 pieces",
                8)),
        "what the file holds counts");
  }

  @Test
  void aFolderThatIsNoValueIsAnError() throws IOException {
    sale("bad/date=yesterday/pieces=1.5/a.parquet", "required int64 other", 1);
    String message =
        assertThrows(
                HistoryFileException.class,
                () -> HistoryFiles.inspect(plan, List.of(folder.resolve("bad"))))
            .getMessage();
    assertTrue(message.contains("bad/date=yesterday/pieces=1.5/a.parquet doesn't fit"), message);
    assertTrue(
        message.matches(
            "(?s).*its folder \\[date=yesterday] can't be read as INSTANT \\(\\[date].*\\), expected"
                + " such as \\[date=2001-01-07]: rename the folder, or write the column into the"
                + " file.*"),
        message);
    assertTrue(message.contains("its folder [pieces=1.5] can't be read as LONG"), message);
  }

  @Test
  void aColumnThatAFileLacksIsNull() throws IOException {
    Path file = sale("date=2001-01-02/few.parquet", "required int64 other", 1);
    assertEquals(
        List.of("[pieces] is null or missing, which a component of type long can't be"),
        rows(file));
    HistoryFile inspected = HistoryFiles.inspect(plan, List.of(file)).get(0);
    assertEquals(List.of("pieces"), inspected.missing());
    refused(
        "few.parquet of sales lack column [date], the event time",
        sale("other/few.parquet", "required int64 pieces", 1).toString());
  }

  @Test
  void whatIsPassedOverIsTold() throws IOException {
    for (String name : List.of("_SUCCESS", ".a.parquet.crc", "readme.txt")) {
      Files.writeString(day("1/" + name), "");
    }
    Files.createDirectories(day("1/_temporary/0"));
    HistoryFiles.Inspected all = HistoryFiles.look(plan, List.of(folder.resolve("history")));
    assertEquals(6, all.files().size());
    assertEquals(
        List.of(".a.parquet.crc", "_SUCCESS", "_temporary", "readme.txt"),
        all.passedOver().stream().map(f -> f.getFileName().toString()).toList());
    assertEquals(
        List.of(),
        HistoryFiles.look(plan, List.of(folder.resolve("history/*/*.parquet"))).passedOver());
  }

  @Test
  void anEmptyFileIsNoParquet() throws IOException {
    Files.writeString(day("2/c.parquet"), "");
    HistoryFileException e =
        assertThrows(
            HistoryFileException.class,
            () -> HistoryFiles.inspect(plan, List.of(folder.resolve("history"))));
    assertEquals(
        "the history file "
            + day("2/c.parquet")
            + " can't be read as Parquet (it is not a Parquet file (length is too low: 0)); write it"
            + " again, or leave it out of the history",
        e.getMessage());
  }

  @Test
  void tableFormatsAreRefused() throws IOException {
    Path log = Files.createDirectories(folder.resolve("history/_delta_log"));
    for (String given :
        List.of(
            "history", "history/date=2001-01-01", "history/date=*", "history/*/*.parquet", ".")) {
      refused("history is a table of Delta, whose files also hold rows", given);
    }
    Files.delete(log);
    Files.createDirectories(folder.resolve("history/.hoodie"));
    refused("history is a table of Hudi", "history");
    Files.delete(folder.resolve("history/.hoodie"));
    Files.createDirectories(folder.resolve("history/metadata"));
    Files.writeString(folder.resolve("history/metadata/v1.metadata.json"), "{}");
    refused("history is a table of Iceberg", "history");
    refused("history is a table of Iceberg", ".");
    check(List.of("1/a.parquet"), "history/date=2001-01-01/a.parquet");
    Files.createDirectories(folder.resolve("lake/_delta_log"));
    Files.delete(folder.resolve("history/metadata/v1.metadata.json"));
    check(List.of("1/a.parquet", "1/b.parquet"), "*/date=2001-01-01");
  }

  @Test
  void placesThatAreNoDiskAreRefused() {
    for (String scheme : List.of("s3", "gs", "hdfs", "abfss")) {
      HistoryFileException e =
          assertThrows(
              HistoryFileException.class,
              () -> HistoryFiles.inspect(plan, List.of(Path.of(scheme + "://bucket/sales"))));
      assertTrue(e.getMessage().contains("is at " + scheme + "://"), e.getMessage());
      assertTrue(e.getMessage().contains("copy it to a disk or mount it"), e.getMessage());
      assertTrue(e.getMessage().contains("sales"), e.getMessage());
    }
  }
}
