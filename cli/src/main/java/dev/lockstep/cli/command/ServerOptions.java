package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka and Redis are. */
final class ServerOptions {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LOCKSTEP_KAFKA}",
      description = "Kafka's bootstrap servers; default LOCKSTEP_KAFKA, else an embedded broker.")
  @Nullable String kafka;

  @Option(
      names = "--redis",
      paramLabel = "URI",
      defaultValue = "${env:LOCKSTEP_REDIS}",
      description = "redis://host:port; default LOCKSTEP_REDIS, else an embedded server.")
  @Nullable String redis;

  /** Whether Kafka is somebody else's, and not started for this command. */
  boolean givesKafka() {
    return kafka != null && !kafka.isBlank();
  }

  /**
   * The servers given; for what wasn't given, embedded ones, whose addresses it prints.
   *
   * @param cleanup ends what is started here
   */
  Addresses addresses(Workspace workspace, Cleanup cleanup, ResultOutput output)
      throws IOException, InterruptedException {
    String givenKafka = kafka == null ? "" : kafka;
    String givenRedis = redis == null ? "" : redis;
    if (!givenKafka.isBlank() && !givenRedis.isBlank()) {
      return new Addresses(givenKafka, givenRedis);
    }
    TemporaryFolder folder = cleanup.add(TemporaryFolder.in(workspace.runs(), "servers-"));
    Addresses embedded =
        EmbeddedServers.start(folder.path().resolve("data"), workspace.logs(), cleanup).addresses();
    Addresses all =
        new Addresses(
            givenKafka.isBlank() ? embedded.kafka() : givenKafka,
            givenRedis.isBlank() ? embedded.redis() : givenRedis);
    PrintWriter note = output.note();
    note.println("Embedded servers run until this ends. For other terminals:");
    note.println("  export LOCKSTEP_KAFKA=" + all.kafka() + " LOCKSTEP_REDIS=" + all.redis());
    note.flush();
    return all;
  }

  /** The Redis given, without a broker; else embedded servers. */
  Addresses redisOnly(Workspace workspace, Cleanup cleanup, ResultOutput output)
      throws IOException, InterruptedException {
    return redis == null || redis.isBlank()
        ? addresses(workspace, cleanup, output)
        : new Addresses(kafka == null ? "" : kafka, redis);
  }
}
