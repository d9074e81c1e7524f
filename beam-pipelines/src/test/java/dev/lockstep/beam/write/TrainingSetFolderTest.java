package dev.lockstep.beam.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has a training set's name is whole, whatever happened to the runs that wrote it. */
class TrainingSetFolderTest {
  private static final TrainingSchema SCHEMA =
      new TrainingSchema(
          List.of("card"), List.of(new TrainingSchema.Column("count", ValueType.LONG)), null);
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path home;

  /** Stands in for a run that is alive: holds the lock of a folder until its input ends. */
  public static final class OtherRun {
    private OtherRun() {}

    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = channel.tryLock()) {
        System.out.println(lock != null);
        System.in.read();
      }
    }
  }

  private TrainingSetFolder folder(String run, boolean replace) {
    return new TrainingSetFolder(home.resolve("set").toString(), run, replace);
  }

  private static Manifest manifest(String run, long rows) {
    return new Manifest(
        "shop", "print", "plan", SCHEMA, rows, null, null, null, Map.of(), List.of(), List.of(),
        run);
  }

  private void publish(String run, boolean replace) throws IOException {
    TrainingSetFolder folder = folder(run, replace);
    folder.begin();
    write(folder.part(0), 3);
    folder.publish(manifest(run, 3));
  }

  private static void write(Path part, int rows) throws IOException {
    List<ColumnVector> columns = SCHEMA.emptyColumns();
    for (int row = 0; row < rows; row++) {
      columns.get(0).appendString("r" + row);
      columns.get(1).appendBits(row);
      columns.get(2).appendBits(row);
      columns.get(3).appendString("card");
      columns.get(4).appendNull();
    }
    try (TrainingSetWriter writer = TrainingSetWriter.open(part, SCHEMA)) {
      writer.write(columns, rows);
    }
  }

  private List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void onlyTheSetIsLeft() throws IOException {
    publish("one", false);
    publish("two", true);
    assertEquals(List.of("set"), names(home));
    assertEquals(
        List.of("manifest.json", "part-00000.parquet", "rejected"), names(home.resolve("set")));
    assertEquals("two", Manifest.read(home.resolve("set")).run());
    folder("two", true).publish(manifest("two", 3)); // a retried step
    assertEquals(3, TrainingSetReader.open(home.resolve("set")).manifest().rows());
  }

  @Test
  void anAbandonedRunLeavesNothing() throws IOException {
    TrainingSetFolder folder = folder("one", false);
    folder.begin();
    write(folder.part(0), 3);
    folder.abandon();
    folder.abandon();
    assertEquals(List.of(), names(home));
  }

  @Test
  void fewerRowsThanComputedAreNotPublished() throws IOException {
    TrainingSetFolder folder = folder("one", false);
    folder.begin();
    write(folder.part(0), 3);
    assertEquals(
        folder.temporary() + " holds 3 rows where 4 were computed; run the backfill again",
        assertThrows(TrainingSetException.class, () -> folder.publish(manifest("one", 4)))
            .getMessage());
    assertTrue(Files.notExists(folder.path()));
    folder.abandon();
  }

  @Test
  void whatAKilledRunLeftIsRemovedWhenTheNextBegins() throws IOException {
    Path killed = Files.createDirectories(home.resolve("set.tmp-killed/rejected"));
    Files.createFile(home.resolve("set.tmp-killed/.lock"));
    Files.writeString(killed.resolve("late.parquet"), "half");
    Files.createDirectories(home.resolve("set.tmp-older/rejected")); // without a lock
    Files.createDirectories(home.resolve("set.tmp-begun")); // may get its lock any moment
    Files.createDirectories(home.resolve("settings.tmp-other/rejected"));
    Files.createDirectories(home.resolve("set.tmp-not.a.run/rejected"));
    publish("two", false);
    assertEquals(
        List.of("set", "set.tmp-begun", "set.tmp-not.a.run", "settings.tmp-other"), names(home));
  }

  @Test
  void aRunThatIsAliveIsLeftAlone() throws Exception {
    TrainingSetFolder here = folder("here", true);
    here.begin();
    Path elsewhere = Files.createDirectories(home.resolve("set.tmp-elsewhere"));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherRun.class.getName(),
                elsewhere.resolve(RunLock.FILE).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("true", other.inputReader().readLine());
      publish("two", true);
      publish("three", true);
      assertEquals(List.of("set", "set.tmp-elsewhere", "set.tmp-here"), names(home));
    } finally {
      other.destroyForcibly();
      assertTrue(other.waitFor(1, TimeUnit.MINUTES));
    }
    publish("four", true);
    assertEquals(List.of("set", "set.tmp-here"), names(home));
    write(here.part(0), 3);
    here.publish(manifest("here", 3));
    assertEquals("here", Manifest.read(home.resolve("set")).run());
    assertEquals(List.of("set"), names(home));
  }

  @Test
  void aSetThatWasAboutToBeReplacedComesBack() throws IOException {
    publish("one", false);
    Files.move(home.resolve("set"), home.resolve("set.old-killed"));
    Path temporary = Files.createDirectories(home.resolve("set.tmp-killed"));
    Files.createFile(temporary.resolve(RunLock.FILE));
    TrainingSetException there =
        assertThrows(TrainingSetException.class, () -> folder("two", false).begin());
    assertEquals(
        home.resolve("set")
            + " is there already; give another name (--out), or replace it (--replace)",
        there.getMessage());
    assertEquals("one", Manifest.read(home.resolve("set")).run());
    assertEquals(List.of("set"), names(home));
  }

  @Test
  void aSetThatWasReplacedIsRemoved() throws IOException {
    publish("two", false);
    Files.createDirectories(home.resolve("set.old-two/rejected"));
    publish("three", true);
    assertEquals("three", Manifest.read(home.resolve("set")).run());
    assertEquals(List.of("set"), names(home));
  }

  @Test
  void aFullDiskIsNamedWithItsCure() throws IOException {
    assumeTrue(Files.isWritable(FULL), "there is no device that is always full");
    TrainingSetFolder folder = folder("one", false);
    folder.begin();
    for (int rows : new int[] {1, 200_000}) {
      Path part = folder.part(rows);
      Files.createSymbolicLink(part, FULL);
      assertEquals(
          part
              + " can't be written: the disk is full; free some space, or give a folder on another"
              + " disk, and run it again (nothing half-written was published)",
          assertThrows(TrainingSetException.class, () -> write(part, rows)).getMessage());
    }
    Files.createSymbolicLink(folder.temporary().resolve(Manifest.FILE), FULL);
    Files.delete(folder.part(1));
    Files.delete(folder.part(200_000));
    write(folder.part(0), 3);
    TrainingSetException full =
        assertThrows(TrainingSetException.class, () -> folder.publish(manifest("one", 3)));
    assertTrue(
        full.getMessage().startsWith(folder.path() + " can't be written: the disk is full"),
        full.getMessage());
    assertTrue(Files.notExists(folder.path()));
    folder.abandon();
    assertEquals(List.of(), names(home));
  }

  @Test
  void aFolderThatIsNotOursIsNamed() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no folder that refuses all");
    TrainingSetFolder folder = new TrainingSetFolder("/proc/self/set", "one", false);
    assertTrue(
        assertThrows(TrainingSetException.class, folder::begin)
            .getMessage()
            .startsWith("nothing can be written beside /proc/self/set"));
  }
}
