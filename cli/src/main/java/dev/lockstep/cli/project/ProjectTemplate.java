package dev.lockstep.cli.project;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a project to begin with, as {@code mvn archetype:generate} writes them too: those of
 * the artefact {@code lockstep-archetype}, with names in place of {@code ${...}}.
 */
public final class ProjectTemplate {
  private static final String ROOT = "archetype-resources";
  private static final String SCRIPT = "lockstep";
  private static final Set<String> EXECUTABLES = Set.of(SCRIPT, "mvnw");

  /** In which names are put; the rest is copied as it is. */
  private static final List<String> FILLED_IN = List.of(".java", ".xml", ".md", ".kts", ".Project");

  private static final String SOURCES = "src/(main|test)/java/";

  private ProjectTemplate() {}

  /**
   * What is put into the files.
   *
   * @param artifactId also the project's name on the command line
   * @param repository the URL of a Maven repository that has Lockstep's artefacts
   */
  public record Names(
      String groupId, String artifactId, String packageName, String version, String repository) {

    private Map<String, String> values() {
      return Map.of(
          "groupId",
          groupId,
          "artifactId",
          artifactId,
          "package",
          packageName,
          "version",
          "1.0-SNAPSHOT",
          "lockstepVersion",
          version,
          "lockstepRepository",
          repository);
    }
  }

  /**
   * Writes all files.
   *
   * @param folder made; nothing may be there
   * @throws IOException if it can't be written
   */
  public static void write(Path folder, Names names) throws IOException {
    URL script = ProjectTemplate.class.getResource("/" + ROOT + "/" + SCRIPT);
    if (script == null) {
      throw new IOException("the class path has no lockstep-archetype: build first");
    }
    try {
      URI uri = script.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          copy(jar.getPath("/" + ROOT), folder, names);
        }
      } else {
        copy(Path.of(uri).resolveSibling(""), folder, names);
      }
    } catch (URISyntaxException e) {
      throw new IOException("the template can't be found: " + script, e);
    }
  }

  private static void copy(Path root, Path folder, Names names) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('\\', '/');
      Path target = folder.resolve(placeOf(name, names.packageName()));
      Files.createDirectories(target.toAbsolutePath().getParent());
      if (FILLED_IN.stream().anyMatch(name::endsWith)) {
        Files.writeString(target, filled(Files.readString(file), names));
      } else {
        Files.copy(file, target);
      }
      if (EXECUTABLES.contains(name) && !target.toFile().setExecutable(true)) {
        throw new IOException(target + " can't be made executable");
      }
    }
  }

  private static String placeOf(String name, String packageName) {
    if (name.equals("gitignore")) {
      return ".gitignore"; // a jar's tools leave out files of that name
    }
    return name.replaceFirst("^(" + SOURCES + ")", "$1" + packageName.replace('.', '/') + "/");
  }

  private static String filled(String text, Names names) {
    String filled = text;
    for (Map.Entry<String, String> value : names.values().entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  /** The version of Lockstep that writes the project; unknown where it isn't in a jar. */
  public static String version() throws IOException {
    try (var stated =
        ProjectTemplate.class.getResourceAsStream("/META-INF/maven/archetype-metadata.xml")) {
      String text = stated == null ? "" : new String(stated.readAllBytes(), StandardCharsets.UTF_8);
      int begin = text.indexOf("<defaultValue>");
      int end = text.indexOf("</defaultValue>");
      if (begin < 0 || end < begin) {
        throw new IOException("the class path has no lockstep-archetype: build first");
      }
      return text.substring(begin + "<defaultValue>".length(), end);
    }
  }
}
