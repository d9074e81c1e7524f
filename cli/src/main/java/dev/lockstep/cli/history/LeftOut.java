package dev.lockstep.cli.history;

import dev.lockstep.beam.write.RecordParquetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a history that a command left out, by their own fault (C13): counted, the first few
 * kept for the terminal, and all written into a file where one was asked for, as a backfill writes
 * them beside its training set.
 */
public final class LeftOut implements AutoCloseable {
  /** The file in the folder that is given. */
  public static final String FILE = "dead-letters.parquet";

  private static final int SHOWN = 5;

  /** A row in the file. */
  record Row(String source, String reason, String position) {}

  private final @Nullable Path file;
  private final @Nullable RecordParquetWriter<Row> writer;
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<Row> first = new ArrayList<>();

  /**
   * @param folder for {@link #FILE}; made if it isn't there; null for none
   * @throws IOException if the file can't be written
   */
  public LeftOut(@Nullable Path folder) throws IOException {
    if (folder == null) {
      file = null;
      writer = null;
    } else {
      Files.createDirectories(folder);
      file = folder.resolve(FILE);
      writer = RecordParquetWriter.open(Row.class, file);
    }
  }

  /** Counts the rows that are left out, and writes them nowhere. */
  public LeftOut() {
    file = null;
    writer = null;
  }

  /**
   * A row is left out.
   *
   * @param row its place in the file, from 0
   */
  public void add(String source, String path, long row, Exception reason) {
    counts.merge(source, 1L, Long::sum);
    Row out = new Row(source, String.valueOf(reason.getMessage()), path + ":" + row);
    if (first.size() < SHOWN) {
      first.add(out);
    }
    if (writer != null) {
      try {
        writer.write(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** How many rows were left out. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What to tell of them, line by line: nothing where none was left out. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (counts.isEmpty()) {
      return lines;
    }
    lines.add("left out: " + count() + " rows that can't be used " + counts);
    first.forEach(r -> lines.add("  " + r.position + ": " + r.reason));
    if (count() > first.size()) {
      lines.add("  and " + (count() - first.size()) + " more");
    }
    lines.add(
        file == null
            ? "  --rejected DIR writes all of them, with reasons, into a file"
            : "  all of them, with reasons: " + file);
    return lines;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
