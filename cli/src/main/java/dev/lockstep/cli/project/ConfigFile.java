package dev.lockstep.cli.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The settings of a folder and all below it: {@value #NAME}, a YAML file of options by their names,
 * for all commands at the top, for one under its name.
 *
 * <pre>
 * data: results            # --data of every command that has it; relative to this file
 * kafka: broker:9092
 * backfill:
 *   parallelism: 4         # --parallelism of backfill alone
 * </pre>
 */
public final class ConfigFile {
  /** The name of the file. */
  public static final String NAME = "lockstep.yaml";

  private static final int MOST_CHARACTERS = 1 << 16;

  private final @Nullable Path file;
  private final Map<String, String> values;

  private ConfigFile(@Nullable Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /**
   * The file in a folder, or in the nearest above it; one without settings if there is none.
   *
   * @throws CommandException if it can't be read, or isn't a map of options to single values
   */
  public static ConfigFile above(Path folder) {
    for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      Path file = at.resolve(NAME);
      if (Files.isRegularFile(file)) {
        return read(file);
      }
    }
    return new ConfigFile(null, Map.of());
  }

  private static ConfigFile read(Path file) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setCodePointLimit(MOST_CHARACTERS)
            .setAllowDuplicateKeys(false)
            .build();
    try {
      Object content = new Load(settings).loadFromString(Files.readString(file));
      Map<String, String> values = new LinkedHashMap<>();
      if (content != null) {
        flatten(file, "", content, values);
      }
      return new ConfigFile(file, values);
    } catch (YamlEngineException e) {
      throw new CommandException(
          file + " is no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "write a line for each option, such as data: results");
    } catch (IOException e) {
      throw new CommandException(file + " can't be read (" + e.getMessage() + ")", "make it UTF-8");
    }
  }

  private static void flatten(Path file, String above, Object content, Map<String, String> values) {
    if (content instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            String key = above.isEmpty() ? String.valueOf(name) : above + " " + name;
            flatten(file, key, value == null ? "" : value, values);
          });
    } else if (content instanceof List<?> || above.isEmpty()) {
      throw new CommandException(
          file + (above.isEmpty() ? " holds no options" : " has a list for [" + above + "]"),
          "write one value for each option, such as data: results");
    } else {
      values.put(above, content.toString());
    }
  }

  /** Where it is; null if there is none. */
  public @Nullable Path file() {
    return file;
  }

  /** What it sets, by "option", or by "command option". */
  public Map<String, String> values() {
    return values;
  }

  /** What it says for an option of a command: for that command alone, else for all. */
  public Optional<String> value(String command, String option) {
    String own = values.get(command + " " + option);
    return Optional.ofNullable(own != null ? own : values.get(option));
  }

  /** A path of the file, which is relative to its folder. */
  public Path resolve(String path) {
    return file == null ? Path.of(path) : file.resolveSibling(path);
  }
}
