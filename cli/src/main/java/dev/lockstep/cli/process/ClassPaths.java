package dev.lockstep.cli.process;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class paths of the kinds of process, as the build wrote them: each kind has what it needs and
 * nothing that clashes.
 */
public final class ClassPaths {
  /** More entries, for projects of users' own: given to every process. */
  public static final String VARIABLE = "LOCKSTEP_CLASSPATH";

  private ClassPaths() {}

  /** The class path of a role of this command line: {@code stream} or {@code serve}. */
  public static String ofRole(String role) throws IOException {
    Path own = ownLocation();
    Path file = own.resolveSibling("classpath").resolve(role + ".txt");
    StringBuilder path = new StringBuilder(own.toString());
    append(path, read(file));
    append(path, System.getenv(VARIABLE));
    return path.toString();
  }

  /** The class path of the local servers. */
  public static String ofServers() throws IOException {
    return ofModule("local-servers");
  }

  /**
   * The class path of the benchmarks: this process's, and behind it what only they need. Java's
   * archive of classes, which the launcher gives to this process, fits such a class path, too.
   */
  public static String ofBenchmarks() throws IOException {
    Set<String> entries = new LinkedHashSet<>(entries(System.getProperty("java.class.path")));
    entries.addAll(entries(ofModule("benchmarks")));
    return String.join(File.pathSeparator, entries);
  }

  private static List<String> entries(String classPath) {
    return List.of(classPath.split(Pattern.quote(File.pathSeparator)));
  }

  private static String ofModule(String module) throws IOException {
    Path target = ownLocation().resolveSibling("../../" + module + "/target").normalize();
    StringBuilder path = new StringBuilder(jarOf(module, target).toString());
    append(path, read(target.resolve("classpath.txt")));
    return path.toString();
  }

  private static Path jarOf(String module, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        List<Path> jars =
            files
                .filter(f -> f.getFileName().toString().matches("lockstep-" + module + "-[0-9].*\\.jar"))
                .filter(f -> !f.toString().endsWith("-sources.jar"))
                .sorted()
                .toList();
        if (!jars.isEmpty()) {
          return jars.get(0);
        }
      }
    }
    throw notBuilt(target.resolve("lockstep-" + module + "-*.jar"));
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw notBuilt(file);
    }
    return Files.readString(file).strip();
  }

  private static IOException notBuilt(Path missing) {
    return new IOException(
        missing + " is missing: build first, with ./lockstep or ./mvnw -DskipTests package");
  }

  private static Path ownLocation() throws IOException {
    try {
      return Path.of(ClassPaths.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the command line can't find its own jar: " + e.getMessage(), e);
    }
  }

  private static void append(StringBuilder path, @Nullable String entries) {
    if (entries != null && !entries.isEmpty()) {
      path.append(File.pathSeparatorChar).append(entries);
    }
  }
}
