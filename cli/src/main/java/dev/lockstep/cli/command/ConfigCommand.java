package dev.lockstep.cli.command;

import dev.lockstep.cli.project.ConfigFile;
import dev.lockstep.cli.result.ConfigResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Shows which options have values without being given, and where those come from. */
@Command(
    name = "config",
    description = {
      "Show the options that lockstep.yaml or the environment set, with where each comes from.",
      "The file is looked for in the working folder and in those above it."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "lockstep.yaml has a line for each option; those of one command are under its name:",
      "  data: results",
      "  kafka: broker:9092",
      "  backfill:",
      "    parallelism: 4",
      "What is given on the command line counts first, then the environment, then the file."
    })
public final class ConfigCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin ResultOutput output = new ResultOutput();

  @Override
  public Integer call() {
    PrintWriter out = output.text();
    ConfigFile config = ConfigFile.above(Path.of(""));
    out.println(
        config.file() == null
            ? "no " + ConfigFile.NAME + " in this folder or above it"
            : "file: " + config.file());
    Path data = ProjectOptions.dataFolder(dataOfFile(config)).toAbsolutePath();
    out.println("data: " + data);
    List<ConfigResult.Setting> settings = new ArrayList<>();
    find(spec.root().commandLine(), new ConfiguredDefaults(config), settings);
    settings.forEach(
        s -> out.printf("%s %s = %s (%s)%n", s.command(), s.option(), s.value(), s.origin()));
    output.result(
        new ConfigResult(
            config.file() == null ? null : config.file().toString(), data.toString(), settings));
    return 0;
  }

  private static @org.jspecify.annotations.Nullable Path dataOfFile(ConfigFile config) {
    return config.value("", "data").map(config::resolve).orElse(null);
  }

  private static void find(
      CommandLine line, ConfiguredDefaults defaults, List<ConfigResult.Setting> found) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      defaults
          .origin(option)
          .ifPresent(
              origin ->
                  found.add(
                      new ConfigResult.Setting(
                          option.command().qualifiedName(),
                          option.longestName(),
                          value(option, defaults),
                          origin)));
    }
    line.getSubcommands().values().stream()
        .distinct()
        .forEach(below -> find(below, defaults, found));
  }

  private static String value(OptionSpec option, ConfiguredDefaults defaults) {
    return ConfiguredDefaults.variable(option)
        .map(System::getenv)
        .orElseGet(() -> String.valueOf(defaults.defaultValue(option)));
  }
}
