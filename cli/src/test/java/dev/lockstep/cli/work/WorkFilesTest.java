package dev.lockstep.cli.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.project.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a work folder, on this machine and elsewhere. */
class WorkFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "file://", "shelf:", "shelf://"})
  void theSameFilesByPathAndByUri(String prefix) throws Exception {
    Path there = folder.resolve("not yet there");
    String path = there.toUri().getRawPath();
    WorkFiles files = WorkFiles.of(prefix + (prefix.isEmpty() ? there : path));
    assertEquals(Optional.empty(), files.read("stream.json"));
    assertEquals(List.of(), files.list("checkpoints"));
    files.delete("checkpoints");
    files.write("stream.json", "one");
    files.write("stream.json", "zwei \u00fc");
    assertEquals(Optional.of("zwei \u00fc"), files.read("stream.json"));
    assertEquals("zwei \u00fc", Files.readString(there.resolve("stream.json")));
    Files.createDirectories(there.resolve("checkpoints/job"));
    Files.createFile(there.resolve("checkpoints/_metadata"));
    assertEquals(
        List.of("_metadata false", "job true"),
        files.list("checkpoints").stream()
            .map(found -> found.name() + " " + found.isFolder())
            .sorted()
            .toList());
    files.delete("checkpoints");
    assertFalse(Files.exists(there.resolve("checkpoints")));
    assertEquals(prefix.startsWith("shelf"), files.local().isEmpty());
    assertEquals(
        (prefix.startsWith("shelf") ? "shelf:" : "file:") + path + "/a",
        files.uri("a").replace(":///", ":/"));
    assertEquals(WorkFiles.of(files.toString() + "/").name(), files.name(), "a job's name");
  }

  @Test
  void aSchemeThatFlinkDoesNotKnowIsRefusedWithThePlugin() {
    String message =
        String.valueOf(
            assertThrows(CommandException.class, () -> WorkFiles.of("s3://bucket/shop"))
                .getMessage());
    assertTrue(message.contains("no file system of Flink knows the scheme of --work s3"), message);
    assertTrue(message.contains("flink-s3-fs-hadoop"), message);
    message =
        String.valueOf(
            assertThrows(CommandException.class, () -> WorkFiles.of("shelve://a b")).getMessage());
    assertTrue(message.contains("is no URI"), message);
  }
}
