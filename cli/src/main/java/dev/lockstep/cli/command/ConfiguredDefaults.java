package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.ConfigFile;
import dev.lockstep.cli.project.Nearest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What options are where the command line doesn't say: of the environment first, then of {@link
 * ConfigFile}, then as the option itself declares.
 */
public final class ConfiguredDefaults implements IDefaultValueProvider {
  /** The key of the project that is meant where none is named. */
  private static final String PROJECT = "project";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:(\\w+)");

  private final ConfigFile config;

  ConfiguredDefaults(ConfigFile config) {
    this.config = config;
  }

  /**
   * Lets a command line and all its commands read a file of settings.
   *
   * @throws CommandException if it names an option that no command has
   */
  public static void register(CommandLine line, ConfigFile config) {
    TreeSet<String> known = new TreeSet<>();
    addKeys(line, known);
    for (String key : config.values().keySet()) {
      if (!known.contains(key)) {
        throw new CommandException(
            config.file() + " sets [" + key + "], which is no option",
            Nearest.to(key, known)
                .map(nearest -> "did you mean [" + nearest + "]?")
                .orElse("write options without --, those of one command under its name"));
      }
    }
    line.setDefaultValueProvider(new ConfiguredDefaults(config));
  }

  private static void addKeys(CommandLine line, TreeSet<String> keys) {
    keys.add(PROJECT);
    for (OptionSpec option : line.getCommandSpec().options()) {
      keys.add(name(option));
      keys.add(command(option) + " " + name(option));
    }
    line.getSubcommands().values().forEach(below -> addKeys(below, keys));
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }

  /** The words of its command, without the program's own. */
  private static String command(ArgSpec argument) {
    return argument.command().qualifiedName().replaceFirst("^\\S+ ?", "");
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return configured(argument).orElse(null);
  }

  private Optional<String> configured(ArgSpec argument) {
    if (variable(argument).isPresent()) {
      return Optional.empty();
    }
    if (argument instanceof PositionalParamSpec) {
      return argument.paramLabel().equals("PROJECT")
          ? config.value(command(argument), PROJECT)
          : Optional.empty();
    }
    Optional<String> value = config.value(command(argument), name((OptionSpec) argument));
    return argument.type().equals(Path.class)
        ? value.map(path -> config.resolve(path).toString())
        : value;
  }

  /** The variable of the environment that gives an option its value; empty if none does. */
  static Optional<String> variable(ArgSpec argument) {
    String declared = argument.defaultValue();
    Matcher matcher = VARIABLE.matcher(declared == null ? "" : declared);
    Map<String, String> environment = System.getenv();
    return matcher.find() && !environment.getOrDefault(matcher.group(1), "").isBlank()
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  /** Where an option's value comes from that the command line doesn't say; empty if from itself. */
  Optional<String> origin(ArgSpec argument) {
    Optional<String> variable = variable(argument).map(name -> "environment, " + name);
    return variable.isPresent()
        ? variable
        : configured(argument).map(value -> String.valueOf(config.file()));
  }
}
