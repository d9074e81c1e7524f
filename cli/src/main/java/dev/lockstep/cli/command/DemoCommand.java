package dev.lockstep.cli.command;

import dev.lockstep.cli.demo.Demo;
import dev.lockstep.cli.demo.DemoSettings;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.result.DemoResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows everything at once on embedded servers. */
@Command(
    name = "demo",
    description = {
      "Everything at once, embedded: learn from the past in batch, stream the days after it,",
      "score, act, and prove that batch and stream gave the same bits. About five minutes."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep demo",
      "  lockstep demo fraud --json out.json",
      "  lockstep demo fraud --emit onArrival",
      "",
      "Exit code 0: every vector is the same in stream and batch, and every one was scored."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final String DEFAULT_PROJECT = "flights";

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--rate",
      converter = Converters.Rate.class,
      paramLabel = "N",
      defaultValue = "850",
      description = "Events a second over all topics; default ${DEFAULT-VALUE}.")
  double rate;

  @Option(
      names = "--parallelism",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "1",
      description = "Subtasks of each step of the stream; default ${DEFAULT-VALUE}.")
  int parallelism;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the summary as JSON, too.")
  @Nullable Path json;

  @Option(names = "--keep", description = "Keep the temporary folder until the next demo.")
  boolean keep;

  @Override
  public Integer call() throws Exception {
    JsonFile.checkWritable(json);
    Definition definition = options.definition(DEFAULT_PROJECT);
    DemoSettings settings =
        new DemoSettings(
            definition,
            options.workspace(definition.project()),
            childArguments(),
            rate,
            parallelism,
            json,
            keep);
    DemoResult result = new Demo(settings, output.isJson() ? System.err : System.out).run();
    output.result(result);
    return result.success() ? FailureKind.DONE : FailureKind.NO;
  }

  private List<String> childArguments() {
    List<String> arguments = new ArrayList<>();
    if (options.projectClass != null) {
      arguments.addAll(List.of("--project-class", options.projectClass));
    } else {
      arguments.add(options.name != null ? options.name : DEFAULT_PROJECT);
    }
    if (options.emission != null) {
      arguments.add("--emit");
      arguments.add(ProjectOptions.EmissionConverter.text(options.emission));
    }
    return arguments;
  }
}
