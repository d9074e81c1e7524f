package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.FlinkSettings;
import dev.lockstep.cli.process.LocalFlinkCluster;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.result.RunningResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a Flink cluster on this machine until it is told to end. */
@Command(
    name = "flink",
    description = "Run a Flink cluster of separate processes on this machine, to try one.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lockstep flink",
      "  lockstep backfill flights --flink-master HOST:PORT     as the first one prints it"
    })
public final class FlinkCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1000;

  @Mixin ResultOutput output = new ResultOutput();

  @Option(
      names = "--task-managers",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "2",
      description = "Processes that run tasks; default ${DEFAULT-VALUE}.")
  int taskManagers;

  @Option(
      names = "--slots",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "1",
      description = "Parallel tasks of each; default ${DEFAULT-VALUE}.")
  int slots;

  @Option(
      names = "--heap-mb",
      paramLabel = "N",
      defaultValue = "768",
      description = "Java heap of each TaskManager; default ${DEFAULT-VALUE}.")
  int heap;

  @Option(
      names = "--managed-mb",
      paramLabel = "N",
      defaultValue = "256",
      description = "Memory of each for sorting, outside the heap; default ${DEFAULT-VALUE}.")
  int managed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where files are kept; default .lockstep in the working folder.")
  @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    if (taskManagers < 1 || slots < 1 || heap < 64 || managed < 16) {
      throw new CommandException(
          "a cluster needs a TaskManager, a slot, 64 MB of heap and 16 MB to sort in",
          "leave --task-managers, --slots, --heap-mb and --managed-mb at their defaults, or raise"
              + " them");
    }
    Path folder = ProjectOptions.dataFolder(data);
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(folder.resolve("runs"), "flink-"));
      Path logs = folder.toAbsolutePath().resolve("logs");
      LocalFlinkCluster cluster =
          LocalFlinkCluster.start(
              new FlinkSettings(taskManagers, slots, heap, managed), work.path(), logs, cleanup);
      var unused =
          output.ready(
              RunningResult.ready("a Flink cluster", null, null, List.of("its logs: " + logs))
                  .on(cluster.master()),
              "READY " + cluster.master(),
              cleanup);
      PrintWriter out = output.text();
      out.println("A Flink cluster runs until this ends. In another terminal:");
      out.println("  ./lockstep backfill flights --flink-master " + cluster.master());
      out.println("Its page: http://" + cluster.master() + "   its logs: " + logs);
      out.flush();
      while (true) {
        for (String lost : cluster.replaceLost()) {
          System.err.println(lost + "\nAnother one is started in its place.");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }
}
