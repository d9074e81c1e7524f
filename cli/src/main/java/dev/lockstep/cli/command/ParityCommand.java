package dev.lockstep.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares what a stream has published with the batch over its topics. */
@Command(
    name = "parity",
    description = {
      "Compare each vector that a stream has published, bit by bit, with what batch computes over",
      "the topics that it reads. Exit code 0 if nothing differs, 1 if something does.",
      "It reads topics to where they end at its start, and writes nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep parity fraud --kafka broker:9092",
      "  lockstep parity fraud --kafka broker:9092 --replay",
      "  lockstep parity fraud --whole-from 2026-11-30T06:00:00Z"
    })
public final class ParityCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Mixin KafkaOption kafka = new KafkaOption();

  @Option(
      names = "--replay",
      description = {
        "The topics hold what lockstep replay sends, clock records among it.",
        "Default: live topics."
      })
  boolean replay;

  @Option(
      names = "--whole-from",
      paramLabel = "INSTANT",
      description = {
        "From when on the topics hold all events: requests whose windows begin before are counted",
        "apart. Say it of a stream that began with a snapshot. Default: as records were deleted."
      })
  @Nullable Instant wholeFrom;

  @Option(
      names = "--schemas",
      paramLabel = "DIR",
      description = {
        "Avro schemas, *.avsc, that messages may be written by. Default: schemas in this folder,",
        "if it is there, else DATA/PROJECT/schemas."
      })
  @Nullable Path schemas;

  @Option(
      names = "--runner",
      paramLabel = "flink|direct",
      defaultValue = "flink",
      description = "What computes it, in this process; default ${DEFAULT-VALUE}.")
  String runner = "flink";

  @Option(
      names = "--parallelism",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "2",
      description = "Parallel tasks; default ${DEFAULT-VALUE}.")
  int parallelism;

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one's methods in processes without Beam, too.
    return new ParitySteps(this).run();
  }
}
