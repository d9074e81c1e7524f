package dev.lockstep.cli.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class paths of the kinds of process: each kind has what it needs and nothing that clashes.
 *
 * <p>This process's own holds all but the servers'. The build has written which libraries each kind
 * gets; what it doesn't know is a project of a user's own, with its libraries, and goes to all.
 */
public final class ClassPaths {
  /** The system property with a file that holds the servers' class path; empty in a checkout. */
  private static final String SERVERS = "lockstep.servers";

  private static final String NAMES = "/META-INF/lockstep/class-paths/";

  /** A jar's version, which a user's build may have chosen, and what follows. */
  private static final Pattern VERSION = Pattern.compile("-[0-9]+(\\.[0-9]+)+.*");

  private ClassPaths() {}

  /** The class path of a role of this command line: {@code stream} or {@code serve}. */
  public static String ofRole(String role) throws IOException {
    Set<String> all = libraries("cli");
    Set<String> its = libraries(role);
    return entries(System.getProperty("java.class.path")).stream()
        .filter(entry -> !all.contains(library(entry)) || its.contains(library(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The libraries that the build gives to a kind of process. */
  private static Set<String> libraries(String kind) throws IOException {
    try (InputStream names = ClassPaths.class.getResourceAsStream(NAMES + kind + ".txt")) {
      if (names == null) {
        throw notBuilt(Path.of(NAMES + kind + ".txt"));
      }
      String text = new String(names.readAllBytes(), StandardCharsets.UTF_8);
      return entries(text.strip()).stream().map(ClassPaths::library).collect(Collectors.toSet());
    }
  }

  /** A jar's name without its folder and version. */
  private static String library(String entry) {
    String name = entry.substring(Math.max(entry.lastIndexOf('/'), entry.lastIndexOf('\\')) + 1);
    return VERSION.matcher(name).replaceFirst("");
  }

  /** The class path of the local servers. */
  public static String ofServers() throws IOException {
    String file = System.getProperty(SERVERS, "");
    return file.isEmpty() ? ofModule("local-servers") : read(Path.of(file));
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
    return jarOf(module, target) + File.pathSeparator + read(target.resolve("classpath.txt"));
  }

  private static Path jarOf(String module, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        List<Path> jars =
            files
                .filter(
                    f ->
                        f.getFileName().toString().matches("lockstep-" + module + "-[0-9].*\\.jar"))
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
}
