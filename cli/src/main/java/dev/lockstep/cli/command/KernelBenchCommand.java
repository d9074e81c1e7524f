package dev.lockstep.cli.command;

import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.ClassPaths;
import dev.lockstep.cli.process.Cleanup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the kernel, in a process of its own: JMH stays off this class path. */
@Command(
    name = "kernel",
    description = {
      "What an event costs that is taken in and answered: many windows against few, exact sums",
      "against plain ones, late events, long windows, other algorithms; and what a state takes.",
      "About five minutes, on a machine that does nothing else."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep bench kernel --json kernel.json",
      "  lockstep bench kernel --quick",
      "",
      "docs/performance.md says what each figure means."
    })
public final class KernelBenchCommand implements Callable<Integer> {
  private static final String MAIN = "dev.lockstep.benchmarks.KernelBench";

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Option(names = "--quick", description = "A minute instead: rough figures.")
  boolean quick;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    List<String> arguments = new ArrayList<>();
    if (quick) {
      arguments.add("--quick");
    }
    if (json != null) {
      arguments.addAll(List.of("--json", json.toAbsolutePath().toString()));
    }
    ChildJvm.Start start =
        new ChildJvm.Start("bench", ClassPaths.ofBenchmarks(), List.of("-Xmx1g"), MAIN, arguments);
    try (Cleanup cleanup = new Cleanup()) {
      return ChildJvm.runShown(start, cleanup);
    }
  }
}
