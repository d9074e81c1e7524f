package dev.lockstep.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code in the pages that is marked as a region of the examples' source is that region. */
class SnippetsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final List<Path> SOURCES =
      List.of(Path.of("src/main/java"), Path.of("src/test/java"));
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".lockstep", ".mvn");

  private static final Pattern MARK = Pattern.compile("(?m)^<!-- snippet: (\\S+)#(\\S+) -->\\s*$");
  private static final Pattern BLOCK = Pattern.compile("\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void everySnippetIsItsRegion() throws IOException {
    for (Path page : pages()) {
      String text = Files.readString(page);
      Matcher mark = MARK.matcher(text);
      while (mark.find()) {
        String where = ROOT.relativize(page) + ": " + mark.group().strip();
        Matcher block = BLOCK.matcher(text).region(mark.end(), text.length());
        assertTrue(block.lookingAt(), where + " is not followed by a java block");
        String region = region(source(mark.group(1)), mark.group(2));
        assertEquals(region, block.group(1).strip(), where + " is not the region");
      }
    }
  }

  @Test
  void aRegionIsItsLinesWithoutTheirIndentation() {
    String source =
        """
        class A {
          // region one

          int a =
              1;

          // endregion
          // region other
          int b;
          // endregion
        }
        """;
    assertEquals("int a =\n    1;", region(source, "one"));
    assertEquals("int b;", region(source, "other"));
    assertThrows(AssertionError.class, () -> region(source, "on"));
  }

  /** The pages of the repository, those that a build made left out. */
  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              pages.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return pages;
  }

  private static String source(String simpleName) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path sources : SOURCES) {
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(f -> f.getFileName().toString().equals(simpleName + ".java"))
            .forEach(found::add);
      }
    }
    assertEquals(1, found.size(), "examples named " + simpleName + ": " + found);
    return Files.readString(found.get(0));
  }

  private static String region(String source, String name) {
    List<String> lines = source.lines().toList();
    int from = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.equals("// region " + name)) {
        from = i + 1;
      } else if (from >= 0 && line.equals("// endregion")) {
        return String.join("\n", lines.subList(from, i)).stripTrailing().stripIndent().strip();
      }
    }
    throw new AssertionError("there is no whole region " + name);
  }
}
