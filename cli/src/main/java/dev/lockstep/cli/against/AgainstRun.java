package dev.lockstep.cli.against;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures one kind of benchmark on this checkout and on another commit of it, in turns: then now,
 * now then, then now, so that what changes on the machine meanwhile hits both.
 *
 * @param home this checkout
 * @param commit the other
 * @param kind what {@code bench} measures, or {@link #STREAM}
 * @param options of the kind, for both
 * @param repeat runs of each
 */
public record AgainstRun(Path home, String commit, String kind, List<String> options, int repeat) {
  /** The figures of the demo of fraud: a stream's latency and rate. */
  public static final String STREAM = "stream";

  private static final String JSON = "--json";

  public AgainstRun {
    options = List.copyOf(options);
  }

  /**
   * Builds the other commit, measures, and tells.
   *
   * @param json takes the comparison, too; null for none
   * @throws CommandException if there is no such commit, it can't be built, lacks the kind, or a
   *     run fails
   */
  public void run(@Nullable Path json, PrintStream out) throws IOException, InterruptedException {
    try (Cleanup cleanup = new Cleanup()) {
      Path folder = home.resolve(".lockstep").resolve("against");
      OtherCommit other = OtherCommit.of(home, commit, folder);
      Path logs = folder.resolve("logs");
      Launched then = new Launched(launcher(other), cleanup);
      Launched now = new Launched(home.resolve("lockstep"), cleanup);
      out.printf(
          Locale.ROOT, "Building %s in %s (where it isn't built yet)%n", commit, other.folder());
      build(then, other, logs);
      Comparison comparison =
          new Comparison(kind, options, other.shortName(), runs(then, now, other, logs, out));
      comparison.lines().forEach(out::println);
      if (json != null) {
        Path parent = json.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(json, comparison.json());
      }
    }
  }

  private Path launcher(OtherCommit other) {
    return other
        .launcher()
        .orElseThrow(
            () ->
                new CommandException(
                    commit + " has no ./lockstep that could measure", "give a later commit"));
  }

  private void build(Launched then, OtherCommit other, Path logs)
      throws IOException, InterruptedException {
    Path log = logs.resolve(other.shortName() + "-build.log");
    if (then.run(List.of("--version"), log) != 0) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "commit " + commit + " can't be built; " + Launched.end(log),
          "build it by hand in " + other.folder() + ", or give another commit");
    }
    List<String> help = new ArrayList<>(command());
    help.add("--help");
    Path asked = logs.resolve(other.shortName() + "-help.log");
    if (then.run(help, asked) != 0) {
      throw new CommandException(
          "commit " + commit + " has no '" + String.join(" ", command()) + "'",
          "give a later commit, or another KIND: 'lockstep bench --help' lists those of this one");
    }
  }

  private List<String> command() {
    return kind.equals(STREAM) ? List.of("demo", "fraud") : List.of("bench", kind);
  }

  private List<Comparison.Run> runs(
      Launched then, Launched now, OtherCommit other, Path logs, PrintStream out)
      throws IOException, InterruptedException {
    List<Comparison.Run> runs = new ArrayList<>();
    for (int run = 0; run < 2 * repeat; run++) {
      boolean isNow = isNow(run);
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      String name = kind + "-" + (run / 2 + 1) + "-" + (isNow ? "now" : other.shortName());
      long start = System.nanoTime();
      Figures figures = measure(isNow ? now : then, logs.resolve(name));
      out.printf(
          Locale.ROOT,
          "  run %d of %d: %-4s  %4d s, load before %.1f%n",
          run + 1,
          2 * repeat,
          isNow ? "now" : "then",
          (System.nanoTime() - start) / 1_000_000_000L,
          load);
      runs.add(new Comparison.Run(isNow, load, figures));
    }
    return runs;
  }

  /** Whether a run is of this checkout, counted from 0: no, yes, yes, no, no, yes, ... */
  static boolean isNow(int run) {
    return (run + 1) / 2 % 2 == 1;
  }

  private Figures measure(Launched side, Path name) throws IOException, InterruptedException {
    Path json = name.resolveSibling(name.getFileName() + ".json").toAbsolutePath();
    Path log = name.resolveSibling(name.getFileName() + ".log");
    Files.deleteIfExists(json);
    List<String> line = new ArrayList<>(command());
    line.addAll(options);
    line.addAll(List.of(JSON, json.toString()));
    int code = side.run(line, log);
    if (code != 0 || !Files.exists(json)) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          side.launcher()
              + " "
              + String.join(" ", line)
              + " ended with exit code "
              + code
              + "; "
              + Launched.end(log),
          "run that by itself; options must be known to both commits");
    }
    return Figures.read(json);
  }
}
