package dev.lockstep.beam.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  private final List<String> closed = new ArrayList<>();

  private Closeable file(String name) {
    return () -> {
      closed.add(name);
      if (!name.equals("good")) {
        throw new IOException(name);
      }
    };
  }

  @Test
  void closesAllWhicheverFails() {
    OpenFiles files = new OpenFiles();
    files.add(file("first"));
    files.add(file("good"));
    files.add(file("last"));
    IOException failed = assertThrows(IOException.class, files::close);
    assertEquals(List.of("last", "good", "first"), closed);
    assertEquals("last", failed.getMessage());
    assertEquals("first", failed.getSuppressed()[0].getMessage());
  }

  @Test
  void aFailureBeforeStaysTheOneThatIsToldOf() {
    OpenFiles files = new OpenFiles();
    Closeable bad = files.add(file("bad"));
    IllegalStateException before = new IllegalStateException("before");
    files.closeAfter(before);
    assertEquals(List.of("bad"), closed);
    assertEquals("bad", before.getSuppressed()[0].getMessage());
    assertSame(bad, new OpenFiles().add(bad));
  }
}
