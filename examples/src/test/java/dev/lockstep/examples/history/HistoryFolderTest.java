package dev.lockstep.examples.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFolderTest {
  @TempDir Path directory;

  @Test
  void isMadeOncePerName() throws IOException {
    AtomicInteger made = new AtomicInteger();
    HistoryFolder.Maker maker =
        folder -> Files.writeString(folder.resolve("file"), "number " + made.incrementAndGet());

    Path first = HistoryFolder.of(directory.resolve("new"), "history-1", maker);
    Path again = HistoryFolder.of(directory.resolve("new"), "history-1", maker);
    Path raised = HistoryFolder.of(directory.resolve("new"), "history-2", maker);

    assertEquals(first, again);
    assertEquals("number 1", Files.readString(first.resolve("file")));
    assertEquals("number 2", Files.readString(raised.resolve("file")));
  }

  @Test
  void whatFailedHalfwayIsNotFoundAndIsMadeAnew() throws IOException {
    IOException full =
        assertThrows(
            IOException.class,
            () ->
                HistoryFolder.of(
                    directory,
                    "history-1",
                    folder -> {
                      Files.writeString(folder.resolve("half"), "");
                      throw new IOException("disk full");
                    }));
    assertEquals("disk full", full.getMessage());
    assertFalse(Files.exists(directory.resolve("history-1")));

    Path made =
        HistoryFolder.of(
            directory, "history-1", folder -> Files.writeString(folder.resolve("whole"), ""));
    try (var files = Files.list(made)) {
      assertEquals(1, files.count());
    }
  }
}
