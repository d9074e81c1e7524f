package dev.lockstep.beam.read;

import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.SourcePlan;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a source's history, found by what a user gives: files, folders and patterns. */
public final class HistoryFiles {
  private static final int MOST_SHOWN = 10;

  private HistoryFiles() {}

  /**
   * Where a history's files are.
   *
   * @param files to be read
   * @param passedOver files and folders beside them that are no history: hidden, or no Parquet
   */
  public record Found(List<Path> files, List<Path> passedOver) {
    public Found {
      files = List.copyOf(files);
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * A history's files, checked.
   *
   * @param passedOver as in {@link Found}
   */
  public record Inspected(List<HistoryFile> files, List<Path> passedOver) {
    public Inspected {
      files = List.copyOf(files);
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * Finds and checks the files of a source.
   *
   * @param given each a file, a folder with {@code *.parquet} files at any depth, or a pattern such
   *     as {@code history/date=2001-01-*}
   * @throws HistoryFileException if something given leads to no file; or naming all files that
   *     aren't what the plan reads
   */
  public static List<HistoryFile> inspect(SourcePlan source, List<? extends Path> given) {
    return look(source, given).files();
  }

  /**
   * As {@link #inspect}, with what was passed over.
   *
   * @throws HistoryFileException as {@link #inspect}
   */
  public static Inspected look(SourcePlan source, List<? extends Path> given) {
    Found found = find(source.name(), given);
    List<HistoryFile> files = new ArrayList<>();
    List<HistoryFileException> refused = new ArrayList<>();
    for (Path path : found.files()) {
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
    requireTimes(source, files);
    return new Inspected(files, found.passedOver());
  }

  /** Without a time nothing of a history can be placed: then it is a name that is wrong. */
  private static void requireTimes(SourcePlan source, List<HistoryFile> files) {
    if (source.eventTimeColumn() < 0 || files.isEmpty()) {
      return;
    }
    ColumnPlan time = source.columns().get(source.eventTimeColumn());
    if (time.computed() != null) {
      return;
    }
    String name = source.schema().components().get(time.component()).fieldName();
    if (files.stream().allMatch(f -> f.missing().contains(name))) {
      throw new HistoryFileException(
          (files.size() == 1 ? files.get(0).path() + " of " : "all " + files.size() + " files of ")
              + source.name()
              + " lack column ["
              + name
              + "], the event time, and so does every folder's name on the way to them: no row"
              + " could be placed in time. The columns of "
              + files.get(0).path()
              + " are: "
              + HistoryFile.columns(files.get(0).path())
              + ". Name the file's columns as the record's components, or say the file's name with"
              + " @FieldName",
          null);
    }
  }

  /**
   * The files of what is given: in its order, those of one folder or pattern by their path. Below a
   * folder, names that begin with {@code _} or {@code .} are ignored, as what isn't done yet. A
   * file that is found twice counts once.
   *
   * @throws HistoryFileException if something given leads to no file
   */
  public static List<Path> expand(String source, List<? extends Path> given) {
    return find(source, given).files();
  }

  /**
   * As {@link #expand}, with what was passed over.
   *
   * @throws HistoryFileException as {@link #expand}
   */
  public static Found find(String source, List<? extends Path> given) {
    Map<Path, Path> found = new LinkedHashMap<>();
    Set<Path> passedOver = new LinkedHashSet<>();
    for (Path path : given) {
      HistoryRoots.requireOnDisk(source, path);
      for (Path file : files(source, path, passedOver)) {
        found.putIfAbsent(real(file), file);
      }
    }
    passedOver.removeAll(found.values()); // one that is given by its name is read
    return new Found(List.copyOf(found.values()), List.copyOf(passedOver));
  }

  private static List<Path> files(String source, Path given, Set<Path> passedOver) {
    try {
      if (Files.isDirectory(given)) {
        return some(source, given, "the folder", walk(source, given, null, passedOver));
      }
      int wild = HistoryWalk.firstWild(given);
      if (wild < 0 || Files.exists(given)) {
        return List.of(given); // if it isn't there, its inspection says so
      }
      Path root = HistoryWalk.root(given, wild);
      return Files.isDirectory(root)
          ? some(source, given, "the pattern", walk(source, root, given, passedOver))
          : some(source, given, "the pattern", List.of());
    } catch (AccessDeniedException e) {
      throw unreadable(e.getFile(), source, e);
    } catch (IOException e) {
      throw new HistoryFileException(
          "the history " + given + " of " + source + " can't be looked through (" + e + ")", e);
    }
  }

  private static List<Path> walk(
      String source, Path root, @Nullable Path pattern, Set<Path> passedOver) throws IOException {
    HistoryRoots.requirePlain(source, root);
    HistoryWalk walk = new HistoryWalk(root, pattern);
    List<Path> files = walk.files();
    walk.requirePlain(source);
    passedOver.addAll(walk.passedOver());
    return files;
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
