package dev.lockstep.cli.run;

import dev.lockstep.cli.work.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xerial.snappy.Snappy;

/**
 * Which classes of ours a checkpoint or savepoint names: whoever renames or changes one of them
 * makes it unreadable. Flink and Beam write Java-serialised objects there, some of them compressed;
 * both are looked through, in all files.
 */
final class SavedClasses {
  private static final Pattern NAME = Pattern.compile("dev[./]lockstep[./][\\w./$]*");
  private static final byte[] SNAPPY = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};

  /** The magic, the version, and the least version that reads it. */
  private static final int SNAPPY_HEADER = SNAPPY.length + 2 * Integer.BYTES;

  private SavedClasses() {}

  /**
   * Those in the newest checkpoint or savepoint of a work folder on this machine, and in what is
   * beside it, where RocksDB's increments are; no stream may be running on it.
   */
  static Set<String> ofNewest(Path work) throws IOException {
    Path saved = new Checkpoints(work).latest().orElseThrow().local().orElseThrow();
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(saved.getParent()))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        find(Files.readAllBytes(file), names);
      }
    }
    return names;
  }

  static void find(byte[] bytes, Set<String> names) throws IOException {
    byte[] plain = bytes.clone();
    for (int at = 0; at + SNAPPY_HEADER < bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + SNAPPY.length, SNAPPY, 0, SNAPPY.length)) {
        int end = unpack(bytes, at + SNAPPY_HEADER, names);
        Arrays.fill(plain, at, end, (byte) 0);
        at = end - 1;
      }
    }
    Matcher matcher = NAME.matcher(new String(plain, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      names.add(matcher.group());
    }
  }

  /** Looks through what is compressed from there on; returns where that ends. */
  private static int unpack(byte[] bytes, int from, Set<String> names) throws IOException {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
    int at = from;
    while (at + Integer.BYTES <= bytes.length) {
      int length = ByteBuffer.wrap(bytes, at, Integer.BYTES).getInt();
      int chunk = at + Integer.BYTES;
      if (length <= 0
          || length > bytes.length - chunk
          || !Snappy.isValidCompressedBuffer(bytes, chunk, length)) {
        break;
      }
      byte[] part = new byte[Snappy.uncompressedLength(bytes, chunk, length)];
      Snappy.uncompress(bytes, chunk, length, part, 0);
      unpacked.write(part);
      at = chunk + length;
    }
    find(unpacked.toByteArray(), names);
    return at;
  }
}
