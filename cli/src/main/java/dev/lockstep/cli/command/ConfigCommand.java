package dev.lockstep.cli.command;

import dev.lockstep.cli.project.ConfigFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ConfigFile config = ConfigFile.above(Path.of(""));
    out.println(
        config.file() == null
            ? "no " + ConfigFile.NAME + " in this folder or above it"
            : "file: " + config.file());
    out.println("data: " + ProjectOptions.dataFolder(dataOfFile(config)).toAbsolutePath());
    ConfiguredDefaults defaults = new ConfiguredDefaults(config);
    show(spec.root().commandLine(), defaults, out);
    out.flush();
    return 0;
  }

  private static @org.jspecify.annotations.Nullable Path dataOfFile(ConfigFile config) {
    return config.value("", "data").map(config::resolve).orElse(null);
  }

  private static void show(CommandLine line, ConfiguredDefaults defaults, PrintWriter out) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      defaults
          .origin(option)
          .ifPresent(
              origin ->
                  out.printf(
                      "%s %s = %s (%s)%n",
                      option.command().qualifiedName(),
                      option.longestName(),
                      value(option, defaults),
                      origin));
    }
    line.getSubcommands().values().stream().distinct().forEach(below -> show(below, defaults, out));
  }

  private static String value(OptionSpec option, ConfiguredDefaults defaults) {
    return ConfiguredDefaults.variable(option)
        .map(System::getenv)
        .orElseGet(() -> String.valueOf(defaults.defaultValue(option)));
  }
}
