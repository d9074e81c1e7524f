package dev.lockstep.cli.against;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.project.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two commits of a checkout whose launcher says a fixed figure: real git, real processes. */
class AgainstRunTest {
  @TempDir Path home;
  @TempDir Path elsewhere;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** Knows bench kernel, and in the end also bench doors; its figure is the commit's. */
  private static String launcher(int figure, String kinds) {
    return """
        #!/bin/sh
        case "$1 $2" in
          "--version "|%s|"demo fraud") ;;
          *) echo "no such command: $*"; exit 2 ;;
        esac
        case " $* " in *" --broken "*) exit 3 ;; esac
        for last in "$@"; do :; done
        case $last in
          *.json) echo '{"ns": %d, "of": {"command": '${#1}'}}' >"$last" ;;
        esac
        """
        .formatted(kinds, figure);
  }

  @BeforeEach
  void twoCommits() throws Exception {
    git("init", "--quiet");
    Files.writeString(home.resolve(".gitignore"), ".lockstep/\n");
    commit(launcher(10, "'bench kernel'"), "first");
    git("tag", "first");
    commit(launcher(20, "'bench kernel'|'bench doors'"), "second");
  }

  private void commit(String launcher, String message) throws Exception {
    Path file = home.resolve("lockstep");
    Files.writeString(file, launcher);
    assertTrue(file.toFile().setExecutable(true));
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", message);
  }

  private void git(String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of("git", "-C", home.toString()));
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
  }

  private JsonNode run(String commit, String kind, String... options) throws Exception {
    Path json = elsewhere.resolve("against.json");
    new AgainstRun(home, commit, kind, List.of(options), 2)
        .run(json, new PrintStream(printed, true, StandardCharsets.UTF_8));
    return new ObjectMapper().readTree(Files.readString(json));
  }

  private String refused(Path at, String commit, String kind, String... options) {
    AgainstRun run = new AgainstRun(at, commit, kind, List.of(options), 1);
    return String.valueOf(
        assertThrows(
                CommandException.class,
                () -> run.run(null, new PrintStream(printed, true, StandardCharsets.UTF_8)))
            .getMessage());
  }

  private Path folderOfFirst() throws Exception {
    try (var folders = Files.list(home.resolve(".lockstep/against"))) {
      return folders.filter(f -> Files.exists(f.resolve(".git"))).findFirst().orElseThrow();
    }
  }

  @Test
  void eachSideRunsItsOwnLauncher() throws Exception {
    JsonNode json = run("first", "kernel", "--quick");
    JsonNode ns = json.get("figures").get("ns");
    assertEquals("[10.0,10.0]", ns.get("then_runs").toString());
    assertEquals("[20.0,20.0]", ns.get("now_runs").toString());
    assertEquals(2, ns.get("ratio").doubleValue());
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("2.000"));
    assertEquals(4, run("first", "stream").get("figures").get("of.command").get("now").intValue());
  }

  @Test
  void aFolderThatSomebodyChangedIsPutBackAndOneThatIsBrokenMadeAnew() throws Exception {
    run("first", "kernel");
    Path folder = folderOfFirst();
    Files.writeString(folder.resolve("lockstep"), launcher(70, "'bench kernel'"));
    Files.writeString(folder.resolve("stale"), "");
    assertEquals(10, run("first", "kernel").get("figures").get("ns").get("then").intValue());
    assertTrue(Files.notExists(folder.resolve("stale")));
    Files.delete(folder.resolve(".git/HEAD"));
    Files.writeString(home.resolve("lockstep"), launcher(30, "'bench kernel'"));
    JsonNode ns = run("first", "kernel").get("figures").get("ns");
    assertEquals(10, ns.get("then").intValue());
    assertEquals(30, ns.get("now").intValue(), "changes that aren't committed stay and count");
  }

  @Test
  void whatCantBeComparedIsNamedWithTheCure() throws Exception {
    String unknown = refused(home, "nowhere", "kernel");
    assertTrue(unknown.contains("no commit is called nowhere") && unknown.contains("git log"));
    String lacks = refused(home, "first", "doors");
    assertTrue(lacks.contains("commit first has no 'bench doors'"), lacks);
    String broken = refused(home, "first", "kernel", "--broken");
    assertTrue(broken.contains("ended with exit code 3"), broken);
    String none = refused(elsewhere, "first", "kernel");
    assertTrue(none.contains("is no git checkout") && none.contains("clone"), none);
  }
}
