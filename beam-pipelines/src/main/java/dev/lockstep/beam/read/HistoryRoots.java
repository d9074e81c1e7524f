package dev.lockstep.beam.read;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Histories that are more than the Parquet files below a folder, and so would be read wrongly:
 * table formats, whose files hold rows that were deleted or replaced; and places that are no disk.
 */
final class HistoryRoots {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:");
  private static final String ICEBERG = ".metadata.json";

  private HistoryRoots() {}

  /**
   * Requires that a path is one of this machine's.
   *
   * @throws HistoryFileException if it begins as {@code s3://} does
   */
  static void requireOnDisk(String source, Path given) {
    for (Path name : given) {
      if (SCHEME.matcher(name.toString()).matches() && !Files.exists(given)) {
        String scheme = name.toString().replace(":", "");
        throw new HistoryFileException(
            "the history "
                + given
                + " of "
                + source
                + " is at "
                + scheme
                + "://, and history is read from files of this machine alone: "
                + (scheme.equals("file")
                    ? "give the path without file://"
                    : "copy it to a disk or mount it, and give that path"),
            null);
      }
    }
  }

  /**
   * Requires that a folder is none of a table format's, nor in one.
   *
   * @throws HistoryFileException naming the format and the cure
   */
  static void requirePlain(String source, Path folder) {
    for (Path above = folder.toAbsolutePath().normalize();
        above != null;
        above = above.getParent()) {
      String format = formatOf(above);
      if (format != null) {
        throw refused(source, above, format);
      }
    }
  }

  private static @Nullable String formatOf(Path folder) {
    if (Files.isDirectory(folder.resolve("_delta_log"))) {
      return "Delta";
    }
    if (Files.isDirectory(folder.resolve(".hoodie"))) {
      return "Hudi";
    }
    Path metadata = folder.resolve("metadata");
    if (Files.isDirectory(metadata)) {
      try (DirectoryStream<Path> some = Files.newDirectoryStream(metadata, "*" + ICEBERG)) {
        return some.iterator().hasNext() ? "Iceberg" : null;
      } catch (IOException e) {
        return null; // what can't be listed is said when it is walked
      }
    }
    return null;
  }

  /** The format whose root's name or file of its own this is; null for another. */
  static @Nullable String formatBy(Path path) {
    String name = path.getFileName().toString();
    return switch (name) {
      case "_delta_log" -> "Delta";
      case ".hoodie" -> "Hudi";
      default -> name.endsWith(ICEBERG) ? "Iceberg" : null;
    };
  }

  static HistoryFileException refused(String source, Path root, String format) {
    String reader =
        switch (format) {
          case "Delta" -> "in DuckDB COPY (FROM delta_scan('" + root + "')) TO 'plain.parquet'";
          case "Iceberg" -> "in DuckDB COPY (FROM iceberg_scan('" + root + "')) TO 'plain.parquet'";
          default -> "with Spark";
        };
    return new HistoryFileException(
        "the history of "
            + source
            + ": "
            + root
            + " is a table of "
            + format
            + ", whose files also hold rows that were deleted or replaced; write its rows as plain"
            + " Parquet files ("
            + reader
            + ") and give those",
        null);
  }
}
