package dev.lockstep.benchmarks.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is there while it is used; this process's own, so that two don't meet. */
record Scratch(Path folder) implements AutoCloseable {
  Scratch {
    folder = folder.resolve(Long.toString(ProcessHandle.current().pid()));
    clear(folder);
  }

  @Override
  public void close() {
    clear(folder);
  }

  private static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be removed; remove it by hand", e);
    }
  }
}
