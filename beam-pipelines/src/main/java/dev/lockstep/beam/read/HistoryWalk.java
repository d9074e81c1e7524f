package dev.lockstep.beam.read;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Parquet files at any depth below a folder, or those of them that match a pattern: files by
 * themselves, and all that a matching folder holds. Links are followed.
 */
final class HistoryWalk extends SimpleFileVisitor<Path> {
  private static final String WILD = "*?[{";
  private static final String PARQUET = ".parquet";

  private final Path root;
  private final List<PathMatcher> matchers = new ArrayList<>();
  private final List<Path> found = new ArrayList<>();
  private final List<Path> passedOver = new ArrayList<>();

  /** Roots of table formats on the way, with the format's name. */
  private final Map<Path, String> roots = new TreeMap<>();

  /** Whether files must be named so: unless the pattern's end names them otherwise. */
  private boolean onlyParquet = true;

  /** The outermost folder at hand that matches: all it holds does. */
  private @Nullable Path matching;

  /**
   * @param pattern null for all files
   */
  HistoryWalk(Path root, @Nullable Path pattern) {
    this.root = root;
    if (pattern != null) {
      int first = root.toString().isEmpty() ? 0 : root.getNameCount();
      String wanted = pattern.subpath(first, pattern.getNameCount()).toString();
      onlyParquet = wanted.endsWith("*");
      matchers.add(root.getFileSystem().getPathMatcher("glob:" + wanted));
      // Java's ** between slashes stands for one folder at least; everyone else's for none, too.
      matchers.add(root.getFileSystem().getPathMatcher("glob:" + wanted.replace("**/", "")));
    }
  }

  /** The place of the first name that is a pattern, or -1. */
  static int firstWild(Path path) {
    for (int i = 0; i < path.getNameCount(); i++) {
      String name = path.getName(i).toString();
      if (name.chars().anyMatch(c -> WILD.indexOf(c) >= 0)) {
        return i;
      }
    }
    return -1;
  }

  /** The folder before the first name that is a pattern. */
  static Path root(Path pattern, int firstWild) {
    Path start = pattern.getRoot();
    if (firstWild == 0) {
      return start == null ? Path.of("") : start;
    }
    Path names = pattern.subpath(0, firstWild);
    return start == null ? names : start.resolve(names);
  }

  /** Files and folders that belong to what is given but are no history, by their path. */
  List<Path> passedOver() {
    return passedOver;
  }

  /**
   * Requires that no file found is one of a table format's.
   *
   * @throws HistoryFileException naming the format and the cure
   */
  void requirePlain(String source) {
    roots.forEach(
        (folder, format) -> {
          if (matchers.isEmpty() || found.stream().anyMatch(f -> f.startsWith(folder))) {
            throw HistoryRoots.refused(source, folder, format);
          }
        });
  }

  /** The files, by their path. */
  List<Path> files() throws IOException {
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
    Collections.sort(found);
    Collections.sort(passedOver);
    return found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (folder.equals(root)) {
      return FileVisitResult.CONTINUE;
    }
    if (ignored(folder)) {
      String format = HistoryRoots.formatBy(folder);
      if (format != null) {
        roots.put(folder.resolveSibling(""), format);
      } else if (isAllGiven()) {
        passedOver.add(folder);
      }
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (matching == null && matches(folder)) {
      matching = folder;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    boolean given = isAllGiven() || matches(file);
    boolean parquet = file.toString().endsWith(PARQUET);
    boolean named = isAllGiven() ? parquet : parquet || !onlyParquet;
    if (given && named && !ignored(file)) {
      found.add(file);
    } else if (given) {
      passedOver.add(file);
    }
    Path folder = file.getParent();
    String format = HistoryRoots.formatBy(file);
    if (format != null && folder != null && folder.endsWith("metadata")) {
      roots.put(folder.resolveSibling(""), format);
    }
    return FileVisitResult.CONTINUE;
  }

  /** Whether all that the folder at hand holds is given. */
  private boolean isAllGiven() {
    return matchers.isEmpty() || matching != null;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    if (folder.equals(matching)) {
      matching = null;
    }
    return super.postVisitDirectory(folder, failure);
  }

  private boolean matches(Path path) {
    Path relative = root.relativize(path);
    return matchers.stream().anyMatch(m -> m.matches(relative));
  }

  private static boolean ignored(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith("_") || name.startsWith(".");
  }
}
