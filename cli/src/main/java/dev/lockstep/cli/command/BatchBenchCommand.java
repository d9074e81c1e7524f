package dev.lockstep.cli.command;

import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.ClassPaths;
import dev.lockstep.cli.process.Cleanup;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the batch beside DuckDB, in processes of their own: DuckDB stays off this class path.
 */
@Command(
    name = "batch",
    description = {
      "The batch on embedded Flink beside DuckDB: the same Parquet to the same Parquet,",
      "results compared row by row. Times are from opening the engine to the output;",
      "no JVM's start is in. On a machine that does nothing else."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep bench batch --rows 5000000 --windows 3 --json batch.json",
      "  lockstep bench batch --rows 5000000 --windows 10 --repeat 3",
      "  lockstep bench batch --rows 20000000 --skip-duckdb --scale --hot-share 0.5",
      "  lockstep bench batch --quick"
    })
public final class BatchBenchCommand implements Callable<Integer> {
  private static final String MAIN = "dev.lockstep.benchmarks.BatchBench";
  private static final int FEW_WINDOWS = 3;
  private static final long QUICK_ROWS = 200_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "Payments; each is a request, too (default: ${DEFAULT-VALUE}).")
  long rows;

  @Option(
      names = "--windows",
      converter = Converters.Positive.class,
      paramLabel = "3|10",
      defaultValue = "3",
      description = {
        "3 of 6 aggregations each (10 min, 1 h, 24 h), or 10 of 10",
        "(1 min to 24 h; default: ${DEFAULT-VALUE})."
      })
  int windows;

  @Option(
      names = "--keys",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "50000",
      description = "Cards, skewed: the n-th has a share of 1/n (default: ${DEFAULT-VALUE}).")
  int keys;

  @Option(
      names = "--hot-share",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Measure also data with that share of the rows on one card, such as 0.5.")
  double hotShare;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the payments are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--repeat",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "1",
      description = "Rounds; a time is the median of them (default: ${DEFAULT-VALUE}).")
  int repeat;

  @Option(names = "--scale", description = "Measure also a quarter of the rows.")
  boolean scale;

  @Option(names = "--skip-duckdb", description = "Measure ours alone.")
  boolean skipDuckDb;

  @Option(
      names = "--floor",
      negatable = true,
      description = {
        "Measure also the same pipeline with a kernel that only copies; by default with 3 windows."
      })
  @Nullable Boolean floor;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "2g",
      description = "The most Java heap of a measured process (default: ${DEFAULT-VALUE}).")
  String heap = "2g";

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Threads of DuckDB, parallel tasks of ours (default: the cores).")
  @Nullable Integer parallelism;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".lockstep/bench",
      description = "Where generated data is kept and found again (default: ${DEFAULT-VALUE}).")
  Path data = Path.of(".lockstep", "bench");

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Option(names = "--quick", description = "200 000 rows: whether it works, not how fast.")
  boolean quick;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    ChildJvm.Start start =
        new ChildJvm.Start("bench", ClassPaths.ofBenchmarks(), jvmOptions(), MAIN, arguments());
    try (Cleanup cleanup = new Cleanup()) {
      return ChildJvm.runShown(start, cleanup);
    }
  }

  /** The launcher's options for batches are passed on to what is measured. */
  static List<String> jvmOptions() {
    List<String> options = new ArrayList<>(List.of("-Xmx512m"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:"))
        .forEach(options::add);
    return options;
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--rows", Long.toString(quick ? QUICK_ROWS : rows)));
    arguments.addAll(List.of("--windows", Integer.toString(windows)));
    arguments.addAll(List.of("--keys", Integer.toString(keys)));
    arguments.addAll(List.of("--hot-share", Double.toString(hotShare)));
    arguments.addAll(List.of("--seed", Long.toString(seed)));
    arguments.addAll(List.of("--repeat", Integer.toString(repeat)));
    arguments.addAll(List.of("--heap", heap));
    arguments.addAll(List.of("--data", data.toAbsolutePath().toString()));
    if (parallelism != null) {
      arguments.addAll(List.of("--parallelism", Integer.toString(parallelism)));
    }
    if (!skipDuckDb) {
      arguments.add("--duckdb");
    }
    if (floor == null ? windows == FEW_WINDOWS : floor) {
      arguments.add("--floor");
    }
    if (scale) {
      arguments.add("--scale");
    }
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    return arguments;
  }
}
