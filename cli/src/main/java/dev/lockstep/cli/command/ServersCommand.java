package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.result.RunningResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a Kafka broker and a Redis server on this machine until it is told to end. */
@Command(
    name = "servers",
    description = {
      "Run Kafka and Redis on this machine, to try the other commands with.",
      "They listen on 127.0.0.1 only, and keep nothing when they end."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  lockstep servers",
      "  export LOCKSTEP_KAFKA=HOST:PORT LOCKSTEP_REDIS=redis://HOST:PORT     as it prints them",
      "  lockstep stream fraud --make-topics                                  in another terminal"
    })
public final class ServersCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1000;

  @Mixin ResultOutput output = new ResultOutput();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where files are kept meanwhile; default .lockstep in the working folder.")
  @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    Path folder = ProjectOptions.dataFolder(data);
    try (Cleanup cleanup = new Cleanup()) {
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(folder.resolve("runs"), "servers-"));
      Path logs = folder.toAbsolutePath().resolve("logs");
      EmbeddedServers servers = EmbeddedServers.start(work.path().resolve("data"), logs, cleanup);
      Addresses at = servers.addresses();
      PrintWriter text = output.text();
      text.println("Kafka and Redis run until this ends. For other terminals:");
      text.println("  export LOCKSTEP_KAFKA=" + at.kafka() + " LOCKSTEP_REDIS=" + at.redis());
      text.println("or, for one command: --kafka " + at.kafka() + " --redis " + at.redis());
      text.flush();
      var unused =
          output.ready(
              RunningResult.ready(
                  "Kafka and Redis", at.kafka(), at.redis(), List.of("their log: " + logs)),
              "READY kafka=" + at.kafka() + " redis=" + at.redis(),
              cleanup);
      while (true) {
        servers.checkAlive();
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }
}
