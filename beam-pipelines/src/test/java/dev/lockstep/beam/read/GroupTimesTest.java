package dev.lockstep.beam.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C1: the bounds of a row group's times hold for each of its rows, as admission places it. */
class GroupTimesTest {
  /** In 2001, as record timestamps may be. */
  private static final long STAMPS_MILLIS = 1_000_000_000_000L;

  record Ping(String host, Instant at, Instant known) {}

  private static final FeaturePlan EVENT_TIME_ONLY = plan(false, ZoneOffset.UTC);
  private static final FeaturePlan DECLARED = plan(true, ZoneOffset.UTC);
  private static final FeaturePlan EAST = plan(true, ZoneOffset.ofHours(3));
  private static final FeaturePlan BERLIN = plan(true, ZoneId.of("Europe/Berlin"));

  @TempDir Path folder;

  private static FeaturePlan plan(boolean declared, ZoneId zone) {
    EventSource<Ping> pings =
        EventSource.of(Ping.class)
            .named("pings")
            .eventTime(Ping::at)
            .zone(zone)
            .clockSkew(Duration.ofDays(100_000));
    if (declared) {
      pings = pings.availableAt(Ping::known);
    }
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(pings)
            .with(
                FeatureView.named("v")
                    .over(pings)
                    .by(Entity.string("host"), Ping::host)
                    .feature("n", Aggregations.count().over(Window.last(Durations.days(1))))));
  }

  /** Rows of random times; {@code nulls} of a thousand are null where the column may be. */
  private Path write(Random random, String kafka, int nulls) throws IOException {
    String[] units = {"MILLIS", "MICROS", "NANOS"};
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary host (STRING);"
                + (random.nextBoolean() ? "required" : "optional")
                + " int64 at (TIMESTAMP(%s,%s)); "
                    .formatted(units[random.nextInt(3)], random.nextBoolean())
                + "optional int64 known (TIMESTAMP(%s,true)); ".formatted(units[random.nextInt(3)])
                + (kafka.isEmpty()
                    ? ""
                    : kafka + " int64 kafka_timestamp (TIMESTAMP(MILLIS,true));")
                + "}");
    Path file = folder.resolve("pings.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withStatisticsEnabled(random.nextInt(10) != 0)
            .withRowGroupSize(3_000L)
            .withMinRowCountForPageSizeCheck(20)
            .withMaxRowCountForPageSizeCheck(20)
            .build()) {
      for (int row = 0; row < 100 + random.nextInt(300); row++) {
        Group group = new SimpleGroup(schema);
        group.add("host", "h" + random.nextInt());
        for (int c = 1; c < schema.getFieldCount(); c++) {
          boolean required = schema.getType(c).isRepetition(Type.Repetition.REQUIRED);
          if (required || random.nextInt(1_000) >= nulls) {
            long time = row * 10_000L + random.nextInt(50_000) - 30_000;
            // Some stamps of 1970 among those of 2001: rows that are dead letters.
            boolean stamp = schema.getFieldName(c).equals("kafka_timestamp");
            group.add(c, stamp && random.nextInt(100) > 0 ? time + STAMPS_MILLIS : time);
          }
        }
        writer.write(group);
      }
    }
    return file;
  }

  /** The rows of a group that admission takes; null for each that it doesn't. */
  private static List<SourceRow> rows(FeaturePlan plan, Path file, int group) {
    List<SourceRow> rows = new ArrayList<>();
    RowIntake intake = RowIntake.of(plan, plan.sources().get(0));
    try (HistoryReader reader = new HistoryReader(intake, file.toString())) {
      reader.read(
          group,
          new HistoryReader.Sink() {
            @Override
            public void row(long timestamp, long position, long row) {
              try {
                rows.add(intake.admit(timestamp, Math.max(position, 0), 0));
              } catch (DataException e) {
                rows.add(null);
              }
            }

            @Override
            public void unreadable(DataException reason, long row) {
              throw reason;
            }
          });
    }
    return rows;
  }

  /** Returns how many row groups could be skipped. */
  private static int check(FeaturePlan plan, Path file, Random random, String told) {
    HistoryFile inspected = HistoryFile.inspect(plan.sources().get(0), file.toString());
    int skipped = 0;
    for (int group = 0; group < inspected.groupRows().size(); group++) {
      List<SourceRow> rows = rows(plan, file, group);
      assertEquals(inspected.groupRows().get(group), rows.size());
      GroupTimes times = inspected.groupTimes().get(group);
      long from = random.nextLong(-10_000_000, 4_000_000_000L);
      long until = random.nextLong(-10_000_000, 4_000_000_000L);
      boolean over = new HistoryRange(from, null).canSkip(times);
      boolean ahead = new HistoryRange(null, until).canSkip(times);
      skipped += over || ahead ? 1 : 0;
      for (SourceRow row : rows) {
        String where = told + ", group " + group + " " + times + " " + row;
        if (row == null) {
          // Without an event time a row may still be known to be not yet known.
          assertTrue(!over && (!ahead || times.minEventTime() == null), where);
          continue;
        }
        bounded(times.minEventTime(), row.eventTimeMicros(), times.maxEventTime(), where);
        bounded(times.minAvailableAt(), row.availableAtMicros(), times.maxAvailableAt(), where);
        assertFalse(over && row.eventTimeMicros() >= from, where);
        assertFalse(over && row.availableAtMicros() >= from, where);
        assertFalse(ahead && row.availableAtMicros() < until, where);
      }
    }
    return skipped;
  }

  private static void bounded(Long min, long time, Long max, String where) {
    assertTrue(min == null || min <= time, where);
    assertTrue(max == null || time <= max, where);
  }

  @Test
  void boundsHoldForEveryRow() throws IOException {
    int skipped = 0;
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      String kafka = new String[] {"", "required", "optional"}[random.nextInt(3)];
      Path file = write(random, kafka, new int[] {0, 0, 3, 1_000}[random.nextInt(4)]);
      skipped += check(EVENT_TIME_ONLY, file, random, "seed " + seed);
      skipped += check(DECLARED, file, random, "declared, seed " + seed);
      skipped += check(EAST, file, random, "declared, east, seed " + seed);
      skipped += check(BERLIN, file, random, "declared, Berlin, seed " + seed);
    }
    assertTrue(skipped > 200, skipped + " skipped");
  }

  /** Bounds since the beginning of the file that DuckDB writes, in 2001. */
  private static GroupTimes times(long minEvent, long maxEvent, long minKnown, long maxKnown) {
    long base = STAMPS_MILLIS * 1_000;
    return new GroupTimes(base + minEvent, base + maxEvent, base + minKnown, base + maxKnown);
  }

  @Test
  void duckDbsStatisticsAreKnown() throws SQLException {
    Path file = folder.resolve("duck.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(
          "COPY (SELECT 'h' AS host, make_timestamp(1000000000000000 + i * 1000000) AS at,"
              + " make_timestamp(1000000000000000 + i * 1000000 + 7) AS known,"
              + " CASE WHEN i > 100 THEN make_timestamp(1000000000000000 + i * 1000000 + 9) END AS kafka_timestamp"
              + " FROM range(5000) t(i)) TO '"
              + file
              + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
    }
    HistoryFile declared = HistoryFile.inspect(DECLARED.sources().get(0), file.toString());
    assertEquals(
        List.of(
            times(0, 2_047_000_000, 7, 2_047_000_009),
            times(2_048_000_000L, 4_095_000_000L, 2_048_000_009L, 4_095_000_009L),
            times(4_096_000_000L, 4_999_000_000L, 4_096_000_009L, 4_999_000_009L)),
        declared.groupTimes());
    assertEquals(
        times(0, 2_047_000_000, 0, 2_047_000_009),
        HistoryFile.inspect(EVENT_TIME_ONLY.sources().get(0), file.toString()).groupTimes().get(0));
    check(DECLARED, file, new Random(5), "DuckDB");
  }

  @Test
  void whatIsSkipped() {
    GroupTimes times = new GroupTimes(10L, 20L, 15L, 30L);
    assertFalse(HistoryRange.ALL.canSkip(times));
    assertTrue(new HistoryRange(null, 15L).canSkip(times), "nothing is known before 15");
    assertFalse(new HistoryRange(null, 16L).canSkip(times));
    assertTrue(new HistoryRange(31L, null).canSkip(times));
    assertFalse(new HistoryRange(30L, null).canSkip(times), "known at 30");
    assertFalse(new HistoryRange(31L, null).canSkip(new GroupTimes(10L, 40L, 15L, 30L)), "ahead");
    assertTrue(new HistoryRange(31L, 15L).canSkip(times));
    GroupTimes unknown = new GroupTimes(null, null, null, null);
    assertFalse(new HistoryRange(Long.MAX_VALUE, Long.MIN_VALUE).canSkip(unknown));
  }
}
