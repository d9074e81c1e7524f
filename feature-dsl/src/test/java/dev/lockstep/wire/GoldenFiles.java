package dev.lockstep.wire;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The bytes that every version of a format must go on reading, kept beside this class in hex. */
public final class GoldenFiles {
  private GoldenFiles() {}

  public static byte[] hex(String name) throws IOException {
    return HexFormat.of().parseHex(text(name).replaceAll("\\s", ""));
  }

  static String text(String name) throws IOException {
    try (InputStream file = GoldenFiles.class.getResourceAsStream(name)) {
      assertNotNull(file, name);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
