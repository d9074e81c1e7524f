package dev.lockstep.beam.read;

import dev.lockstep.plan.SourcePlan;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a source's history, found by what a user gives: files, folders and patterns. */
public final class HistoryFiles {
  private static final int MOST_SHOWN = 10;

  private HistoryFiles() {}

  /**
   * Finds and checks the files of a source.
   *
   * @param given each a file, a folder with {@code *.parquet} files at any depth, or a pattern such
   *     as {@code history/date=2001-01-*}
   * @throws HistoryFileException if something given leads to no file; or naming all files that
   *     aren't what the plan reads
   */
  public static List<HistoryFile> inspect(SourcePlan source, List<? extends Path> given) {
    List<HistoryFile> files = new ArrayList<>();
    List<HistoryFileException> refused = new ArrayList<>();
    for (Path path : expand(source.name(), given)) {
      try {
        files.add(HistoryFile.inspect(source, path.toString()));
      } catch (HistoryFileException e) {
        refused.add(e);
      }
    }
    if (refused.size() == 1) {
      throw refused.get(0);
    }
    if (!refused.isEmpty()) {
      int all = files.size() + refused.size();
      HistoryFileException together =
          new HistoryFileException(
              refused.stream()
                  .limit(MOST_SHOWN)
                  .map(e -> "\n- " + e.getMessage())
                  .collect(
                      Collectors.joining(
                          "",
                          refused.size() + " of " + all + " files of " + source.name() + ":",
                          more(refused.size(), "\n"))),
              refused.get(0));
      refused.stream().skip(1).limit(MOST_SHOWN).forEach(together::addSuppressed);
      throw together;
    }
    return files;
  }

  /**
   * The files of what is given: in its order, those of one folder or pattern by their path. Below a
   * folder, names that begin with {@code _} or {@code .} are ignored, as what isn't done yet. A
   * file that is found twice counts once.
   *
   * @throws HistoryFileException if something given leads to no file
   */
  public static List<Path> expand(String source, List<? extends Path> given) {
    Map<Path, Path> found = new LinkedHashMap<>();
    for (Path path : given) {
      for (Path file : files(source, path)) {
        found.putIfAbsent(real(file), file);
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Path> files(String source, Path given) {
    try {
      if (Files.isDirectory(given)) {
        return some(source, given, "the folder", new HistoryWalk(given, null).files());
      }
      int wild = HistoryWalk.firstWild(given);
      if (wild < 0 || Files.exists(given)) {
        return List.of(given); // if it isn't there, its inspection says so
      }
      Path root = HistoryWalk.root(given, wild);
      return Files.isDirectory(root)
          ? some(source, given, "the pattern", new HistoryWalk(root, given).files())
          : some(source, given, "the pattern", List.of());
    } catch (AccessDeniedException e) {
      throw unreadable(e.getFile(), source, e);
    } catch (IOException e) {
      throw new HistoryFileException(
          "the history " + given + " of " + source + " can't be looked through (" + e + ")", e);
    }
  }

  private static List<Path> some(String source, Path given, String kind, List<Path> files) {
    if (files.isEmpty()) {
      throw new HistoryFileException(
          "the history of "
              + source
              + ": "
              + kind
              + " "
              + given
              + (kind.equals("the folder")
                  ? " holds no *.parquet file"
                  : " matches no file and no folder with *.parquet files")
              + "; "
              + whatIsThere(given)
              + ". Give a Parquet file, a folder of them, or a pattern that matches some",
          null);
    }
    return files;
  }

  /** What the nearest folder on the way to a path holds. */
  static String whatIsThere(Path path) {
    int wild = HistoryWalk.firstWild(path);
    Path folder = wild < 0 ? path : HistoryWalk.root(path, wild);
    while (!Files.isDirectory(folder)) {
      Path parent = folder.getParent();
      folder = parent == null ? Path.of("") : parent;
    }
    String name = folder.toString().isEmpty() ? "this folder" : folder.toString();
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(e -> e.getFileName().toString()).sorted().toList();
      return name
          + " holds "
          + names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ", "[", "]"))
          + more(names.size(), " ");
    } catch (IOException e) {
      return name + " can't be listed";
    }
  }

  static HistoryFileException unreadable(String path, String source, @Nullable Throwable cause) {
    return new HistoryFileException(
        "the history file "
            + path
            + " of "
            + source
            + " can't be read: permission denied; let the user who runs this read it",
        cause);
  }

  private static String more(int all, String before) {
    return all > MOST_SHOWN ? before + "and " + (all - MOST_SHOWN) + " more" : "";
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // its inspection says what is wrong
    }
  }
}
