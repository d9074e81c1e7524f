package dev.lockstep.cli.command;

import dev.lockstep.cli.against.AgainstRun;
import dev.lockstep.cli.project.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures this checkout beside another commit of it. A command whose name reads as an option: what
 * follows the KIND are that kind's options, as they stand.
 */
@Command(
    name = AgainstBenchCommand.NAME,
    description = {
      "This checkout beside another commit of it: builds that in .lockstep/against, runs a KIND",
      "of benchmark on both in turns, and prints medians and ratios. Kinds are those of bench,",
      "and stream: the latency and rate of 'lockstep demo fraud'."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep bench --against HEAD~1 kernel --quick",
      "  lockstep bench --against --repeat 5 --json out.json v1 batch --rows 2000000 --skip-duckdb",
      "  lockstep bench --against main stream",
      "",
      "A ratio counts if it is further from 1 than the runs of one side are apart (+-)."
    })
public final class AgainstBenchCommand implements Callable<Integer> {
  static final String NAME = "--against";
  private static final String JSON = "--json";

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--repeat",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "3",
      description = "Runs of each side (default: ${DEFAULT-VALUE}). Before COMMIT.")
  int repeat;

  @Option(
      names = JSON,
      paramLabel = "FILE",
      description = "Write the comparison as JSON, too. Before COMMIT, or at the end.")
  @Nullable Path json;

  @Parameters(index = "0", paramLabel = "COMMIT", description = "What git takes for a commit.")
  String commit = "";

  @Parameters(index = "1", paramLabel = "KIND", description = "What to measure.")
  String kind = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "OPTION",
      description = "Options of the kind; both sides get them.")
  List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    String home = System.getenv("LOCKSTEP_HOME");
    if (home == null) {
      throw new CommandException(
          "LOCKSTEP_HOME isn't set, so this checkout isn't known", "start with ./lockstep");
    }
    checkKind();
    List<String> others = withoutJson();
    JsonFile.checkWritable(json);
    new AgainstRun(Path.of(home), commit, kind, others, repeat).run(json, System.out);
    return 0;
  }

  private void checkKind() {
    Set<String> kinds = new TreeSet<>(Objects.requireNonNull(spec.parent()).subcommands().keySet());
    kinds.remove(NAME);
    kinds.add(AgainstRun.STREAM);
    if (!kinds.contains(kind)) {
      throw new CommandException(
          "there is no KIND '" + kind + "'", "one of " + String.join(", ", kinds));
    }
  }

  /** The kind's options but for the file, which is the comparison's: each run has its own. */
  private List<String> withoutJson() {
    List<String> others = new ArrayList<>(options);
    int at = others.indexOf(JSON);
    if (at >= 0 && at + 1 < others.size()) {
      json = Path.of(others.remove(at + 1));
      others.remove(at);
    }
    return others;
  }
}
