package dev.lockstep.cli.command;

import dev.lockstep.cli.bench.IdsBench;
import dev.lockstep.define.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what ids take that a stream holds. */
@Command(
    name = "ids",
    description = {
      "The ids that a stream holds so as to know their copies: gives many to a stream's own steps,",
      "once with the state in the heap and once in RocksDB; prints what each takes there and in a",
      "checkpoint."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep bench ids",
      "  lockstep bench ids --ids 17280000 --heap 8g --json ids.json    # a day at 200 a second"
    })
public final class IdsBenchCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--ids",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "2000000",
      description = "How many, spread over a day of event time (default: ${DEFAULT-VALUE}).")
  int ids;

  @Option(
      names = "--emit",
      converter = ProjectOptions.EmissionConverter.class,
      paramLabel = "ordered|onArrival",
      defaultValue = "onArrival",
      description =
          "When vectors leave: under onArrival two steps hold an id (default: ${DEFAULT-VALUE}).")
  Emission emission = Emission.ON_ARRIVAL;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "3g",
      description = "The most Java heap of each measured process (default: ${DEFAULT-VALUE}).")
  String heap = "3g";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".lockstep/bench",
      description = "Where the states are while it runs (default: ${DEFAULT-VALUE}).")
  Path data = Path.of(".lockstep", "bench");

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON, too.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    Files.createDirectories(data);
    return new IdsBench(ids, emission, heap).run(data, json, spec.commandLine().getOut());
  }
}
