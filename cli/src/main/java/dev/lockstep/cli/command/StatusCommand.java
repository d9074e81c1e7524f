package dev.lockstep.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how a stream stands. */
@Command(
    name = "status",
    description = {
      "Tell how a project's stream stands, wherever it runs: what it read, answered and refused, and",
      "how far it is. By what its processes tell on Kafka. Exit code 1 if none runs."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep status flights --kafka broker:9092",
      "  lockstep status flights --watch",
      "  lockstep status flights --port 9404"
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Mixin KafkaOption kafka = new KafkaOption();

  @Option(names = "--watch", description = "Tell it again every two seconds, until Ctrl-C.")
  boolean watches;

  @Option(
      names = "--port",
      converter = Converters.NotNegative.class,
      paramLabel = "PORT",
      description = {
        "Until Ctrl-C, give the figures at this port: /metrics for Prometheus, /health and /ready in",
        "words. 0 for any that is free."
      })
  @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "With --port, the address to listen on; default ${DEFAULT-VALUE}.")
  String host = "127.0.0.1";

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one's methods in processes without Beam, too.
    return StatusSteps.run(this);
  }
}
