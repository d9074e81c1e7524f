package dev.lockstep.cli.against;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another commit of this checkout, in a folder of its own that is kept for the next time: {@code
 * .lockstep/against/SHA}, a clone that shares the checkout's objects.
 *
 * @param sha whole
 * @param folder where it is
 */
record OtherCommit(String sha, Path folder) {
  private static final int SHOWN = 12;
  private static final String UNFINISHED = ".tmp";

  /** What git would be told by its surroundings, as in a hook, and must not be here. */
  private static final List<String> SURROUNDINGS =
      List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX");

  private record Answer(int code, String text) {}

  /**
   * Brings a commit's files into its folder, as committed; what a build of it left there stays.
   *
   * @param home the checkout
   * @param commit anything that git takes for one
   * @param parent of the folders of commits
   * @throws CommandException if there is no checkout, no such commit, or git can't
   */
  static OtherCommit of(Path home, String commit, Path parent)
      throws IOException, InterruptedException {
    if (git(home, List.of("rev-parse", "--git-dir")).code() != 0) {
      throw new CommandException(
          home + " is no git checkout, so there is no other commit of it",
          "clone Lockstep with git, and measure in the clone");
    }
    Answer resolved =
        git(
            home,
            List.of("rev-parse", "--verify", "--quiet", "--end-of-options", commit + "^{commit}"));
    if (resolved.code() != 0) {
      throw new CommandException(
          "no commit is called " + commit + " in " + home,
          "give a commit, tag or branch that 'git log' shows; git fetch brings what others have");
    }
    String sha = resolved.text();
    OtherCommit other = new OtherCommit(sha, parent.resolve(sha.substring(0, SHOWN)));
    other.prepare(home);
    return other;
  }

  /** The first digits of the commit, as people read them. */
  String shortName() {
    return sha.substring(0, SHOWN);
  }

  private void prepare(Path home) throws IOException, InterruptedException {
    if (Files.exists(folder) && !isReady()) {
      delete(folder);
    }
    if (!Files.exists(folder)) {
      Path unfinished = folder.resolveSibling(folder.getFileName() + UNFINISHED);
      delete(unfinished);
      Files.createDirectories(unfinished.getParent());
      must(
          home,
          List.of(
              "clone", "--quiet", "--shared", "--no-checkout", home.toString(), "" + unfinished));
      must(unfinished, inFolder(unfinished, "checkout", "--quiet", "--force", "--detach", sha));
      Files.move(unfinished, folder);
    }
  }

  /** Whether the folder has the commit; puts back files that somebody changed there. */
  private boolean isReady() throws IOException, InterruptedException {
    if (!Files.isDirectory(folder.resolve(".git"))) {
      return false;
    }
    Answer head = git(folder, inFolder(folder, "rev-parse", "HEAD"));
    if (head.code() != 0 || !head.text().equals(sha)) {
      return false;
    }
    Answer changed = git(folder, inFolder(folder, "status", "--porcelain"));
    if (changed.code() == 0 && changed.text().isEmpty()) {
      return true;
    }
    return git(folder, inFolder(folder, "reset", "--quiet", "--hard", sha)).code() == 0
        && git(folder, inFolder(folder, "clean", "--quiet", "-fd")).code() == 0;
  }

  /**
   * Names both folders: left to search, git would take the checkout above for a folder whose own
   * repository is broken, and put that back.
   */
  private static List<String> inFolder(Path folder, String... command) {
    List<String> line = new ArrayList<>();
    line.add("--git-dir=" + folder.resolve(".git"));
    line.add("--work-tree=" + folder);
    line.addAll(List.of(command));
    return line;
  }

  private static void must(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Answer answer = git(folder, command);
    if (answer.code() != 0) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "git " + String.join(" ", command) + " failed: " + answer.text(),
          "try that command by hand in " + folder);
    }
  }

  private static Answer git(Path folder, List<String> command)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("git"));
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true);
    builder.environment().keySet().removeAll(SURROUNDINGS);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "git can't be started: " + e.getMessage(),
          "install git, or put it on PATH");
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text.strip());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  /** The launcher of this commit. */
  Optional<Path> launcher() {
    return Optional.of(folder.resolve("lockstep")).filter(Files::isExecutable);
  }
}
