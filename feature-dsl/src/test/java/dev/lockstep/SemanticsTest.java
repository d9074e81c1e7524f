package dev.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the contract is whole, and the tests that it says pin its rules exist. */
class SemanticsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path PAGE = ROOT.resolve("docs/semantics.md");
  private static final Pattern RULE = Pattern.compile("(?m)^## ([CL]\\d+) ");
  private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+Test)`");
  private static final int RULES = 17;
  private static final int LABEL_RULES = 6;

  @Test
  void everyRuleIsThereInOrder() throws IOException {
    assertEquals(
        Stream.concat(
                IntStream.rangeClosed(1, RULES).mapToObj(rule -> "C" + rule),
                IntStream.rangeClosed(1, LABEL_RULES).mapToObj(rule -> "L" + rule))
            .toList(),
        RULE.matcher(Files.readString(PAGE)).results().map(r -> r.group(1)).toList());
  }

  @Test
  void everyRuleIsPinnedOrSaysThatItIsNotYetKept() throws IOException {
    for (String section : sections()) {
      String title = section.lines().findFirst().orElseThrow();
      int pins = section.indexOf("**Pinned by**");
      if (pins < 0) {
        assertTrue(section.contains("**Not yet:**"), title);
      } else {
        assertTrue(TEST_CLASS.matcher(section).region(pins, section.length()).find(), title);
      }
    }
  }

  @Test
  void everyTestNamedExists() throws IOException {
    Set<String> named =
        TEST_CLASS
            .matcher(Files.readString(PAGE))
            .results()
            .map(r -> r.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(named.isEmpty());

    named.removeAll(testClasses());

    assertEquals(Set.of(), named, PAGE + " names tests that don't exist; correct their names");
  }

  private static List<String> sections() throws IOException {
    String page = Files.readString(PAGE);
    List<Integer> starts =
        new ArrayList<>(RULE.matcher(page).results().map(MatchResult::start).toList());
    starts.add(page.length());
    return IntStream.range(0, starts.size() - 1)
        .mapToObj(i -> page.substring(starts.get(i), starts.get(i + 1)))
        .toList();
  }

  /** The simple names of the test classes of all modules. */
  private static Set<String> testClasses() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path tests : modules.map(m -> m.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            files
                .map(f -> f.getFileName().toString())
                .filter(f -> f.endsWith(".java"))
                .forEach(f -> names.add(f.substring(0, f.length() - ".java".length())));
          }
        }
      }
    }
    return names;
  }
}
