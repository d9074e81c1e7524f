package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka is, for commands that are of no use on a broker of their own. */
final class KafkaOption {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LOCKSTEP_KAFKA}",
      description = "Kafka's bootstrap servers; default LOCKSTEP_KAFKA.")
  @Nullable String kafka;

  /**
   * The address given.
   *
   * @param purpose what a broker is needed for, after "to"
   * @throws CommandException with the cure, if none is given
   */
  String require(String purpose) {
    String given = kafka;
    if (given == null || given.isBlank()) {
      throw new CommandException(
          "no Kafka is given to " + purpose,
          "give --kafka host:port, or set LOCKSTEP_KAFKA, to the broker that the stream uses; to try"
              + " it, lockstep servers runs one and prints where it is");
    }
    return given;
  }
}
