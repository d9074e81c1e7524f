package dev.lockstep.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops a stream with its state saved. */
@Command(
    name = "stop",
    description = {
      "Stop a stream with its state saved, so that its next start answers nothing twice. What waits",
      "goes on waiting then: nothing is let go of."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep stop flights --work stream",
      "  lockstep stop flights --work /mnt/shop --flink-master jobmanager:8081"
    })
public final class StopCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      required = true,
      description = "Where the stream saves its state, as it was given to the stream.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  String work;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LOCKSTEP_FLINK_MASTER}",
      description =
          "The cluster that runs it; default LOCKSTEP_FLINK_MASTER, else a process of this machine.")
  @Nullable String master;

  @Option(
      names = "--wait-seconds",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "180",
      description = "How long to wait for it; default ${DEFAULT-VALUE}.")
  int waitSeconds;

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one's methods in processes without Flink, too.
    StopSteps.run(this);
    return 0;
  }
}
