package dev.lockstep.cli.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of commands in the help: by what one wants to do, each with its first sentence. */
public final class CommandSections implements IHelpSectionRenderer {
  private static final int NAMES = 22;

  private static final Map<String, List<String>> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put(
        "Begin",
        List.of("demo", "new", "projects", "config", "help", "generate-completion", "gen-manpage"));
    SECTIONS.put("Features", List.of("plan", "aggregations"));
    SECTIONS.put("Training sets", List.of("backfill", "report", "same", "export", "runners"));
    SECTIONS.put("Models", List.of("train", "leak"));
    SECTIONS.put(
        "Production",
        List.of(
            "load",
            "stream",
            "status",
            "stop",
            "score",
            "act",
            "serve",
            "peek",
            "decisions",
            "replay",
            "parity"));
    SECTIONS.put("This machine", List.of("servers", "flink", "bench"));
  }

  /** Lets a command line list its commands so, and those of its commands that have parts theirs. */
  public static void register(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandSections());
    for (CommandLine command : line.getSubcommands().values()) {
      if (!command.getSubcommands().isEmpty()) {
        command
            .getHelpSectionMap()
            .put(
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                help -> table(help, help.commandSpec().subcommands().keySet()).toString());
      }
    }
  }

  /** The commands that are in a section. */
  public static TreeSet<String> all() {
    TreeSet<String> all = new TreeSet<>();
    SECTIONS.values().forEach(all::addAll);
    return all;
  }

  @Override
  public String render(Help help) {
    List<String> shown = new ArrayList<>();
    SECTIONS.forEach((section, names) -> shown.add(section + "\n" + table(help, names)));
    return String.join("", shown);
  }

  private static TextTable table(Help help, Collection<String> names) {
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAMES, 2, Overflow.SPAN),
            new Column(help.commandSpec().usageMessage().width() - NAMES, 1, Overflow.WRAP));
    for (String name : names) {
      CommandLine command = help.commandSpec().subcommands().get(name);
      if (command != null) {
        table.addRowValues(name, firstSentence(command));
      }
    }
    return table;
  }

  private static String firstSentence(CommandLine command) {
    String[] lines = command.getCommandSpec().usageMessage().description();
    String text = String.join(" ", lines).replace("%n", "").strip();
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
