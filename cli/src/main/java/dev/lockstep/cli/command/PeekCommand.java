package dev.lockstep.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the newest records of a topic that a project's processes write. */
@Command(
    name = "peek",
    description = {
      "Show the newest vectors, scores, late events or dead letters of a project, decoded.",
      "It reads, and changes nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep peek fraud",
      "  lockstep peek fraud scores --newest 100 --kafka broker:9092",
      "  lockstep peek fraud dead-letters"
    })
public final class PeekCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Mixin KafkaOption kafka = new KafkaOption();

  @Parameters(
      index = "1",
      paramLabel = "WHAT",
      arity = "0..1",
      defaultValue = "vectors",
      description = "vectors, scores, late or dead-letters; default ${DEFAULT-VALUE}.")
  String what = "vectors";

  @Option(
      names = "--newest",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "10",
      description = "How many; default ${DEFAULT-VALUE}.")
  int newest;

  @Override
  public Integer call() throws Exception {
    // In a class of its own: picocli looks at this one's methods in processes without Beam, too.
    PeekSteps.run(this);
    return 0;
  }
}
