package dev.lockstep.cli;

import dev.lockstep.cli.command.ActCommand;
import dev.lockstep.cli.command.AggregationsCommand;
import dev.lockstep.cli.command.BackfillCommand;
import dev.lockstep.cli.command.BenchCommand;
import dev.lockstep.cli.command.CommandSections;
import dev.lockstep.cli.command.ConfigCommand;
import dev.lockstep.cli.command.ConfiguredDefaults;
import dev.lockstep.cli.command.Converters;
import dev.lockstep.cli.command.DecisionsCommand;
import dev.lockstep.cli.command.DemoCommand;
import dev.lockstep.cli.command.ExportCommand;
import dev.lockstep.cli.command.Failures;
import dev.lockstep.cli.command.FlinkCommand;
import dev.lockstep.cli.command.LeakCommand;
import dev.lockstep.cli.command.LoadCommand;
import dev.lockstep.cli.command.NewCommand;
import dev.lockstep.cli.command.ParityCommand;
import dev.lockstep.cli.command.PeekCommand;
import dev.lockstep.cli.command.PlanCommand;
import dev.lockstep.cli.command.ProjectsCommand;
import dev.lockstep.cli.command.ReplayCommand;
import dev.lockstep.cli.command.ReportCommand;
import dev.lockstep.cli.command.RunnersCommand;
import dev.lockstep.cli.command.SameCommand;
import dev.lockstep.cli.command.ScoreCommand;
import dev.lockstep.cli.command.ServeCommand;
import dev.lockstep.cli.command.ServersCommand;
import dev.lockstep.cli.command.StatusCommand;
import dev.lockstep.cli.command.StopCommand;
import dev.lockstep.cli.command.StreamCommand;
import dev.lockstep.cli.command.TrainCommand;
import dev.lockstep.cli.command.Versions;
import dev.lockstep.cli.command.WrongUsage;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.ConfigFile;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * The command line: {@code lockstep COMMAND PROJECT [options]}.
 *
 * <p>Exit codes are those of {@link dev.lockstep.cli.project.FailureKind}; the reason and the cure
 * are on standard error.
 */
@Command(
    name = "lockstep",
    description = {
      "Features for machine learning, declared once: the same bits in training and in production.",
      ""
    },
    subcommands = {
      DemoCommand.class,
      ProjectsCommand.class,
      NewCommand.class,
      ConfigCommand.class,
      PlanCommand.class,
      AggregationsCommand.class,
      BackfillCommand.class,
      ReportCommand.class,
      RunnersCommand.class,
      SameCommand.class,
      TrainCommand.class,
      ExportCommand.class,
      LeakCommand.class,
      LoadCommand.class,
      StreamCommand.class,
      StatusCommand.class,
      StopCommand.class,
      ScoreCommand.class,
      ActCommand.class,
      ServeCommand.class,
      PeekCommand.class,
      DecisionsCommand.class,
      ReplayCommand.class,
      ParityCommand.class,
      FlinkCommand.class,
      ServersCommand.class,
      BenchCommand.class,
      GenerateCompletion.class,
      ManPageGenerator.class,
      HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Begin with:",
      "  lockstep demo              everything embedded, on real flights; five minutes",
      "  lockstep plan flights      what the flights' features are",
      "",
      "By hand, each in a terminal of its own:",
      "  lockstep backfill flights && lockstep train flights",
      "  lockstep servers           prints where they are: give that to the others, as",
      "                             LOCKSTEP_KAFKA and LOCKSTEP_REDIS",
      "  lockstep stream flights --replay --make-topics",
      "  lockstep score flights",
      "  lockstep act flights",
      "  lockstep replay flights && lockstep parity flights --replay",
      "",
      "Exit codes:",
      "  0 done; 1 no: it differs, or a check found something; 2 called wrongly;",
      "  3 the definition is wrong; 4 data isn't as it should be; 5 Kafka, Redis,",
      "  Flink or a disk; 70 a bug; 130 interrupted",
      "",
      "Environment:",
      "  LOCKSTEP_KAFKA, LOCKSTEP_REDIS, LOCKSTEP_FLINK_MASTER   instead of the options",
      "  LOCKSTEP_KAFKA_CONFIG   a file of Kafka client settings: credentials and TLS",
      "  LOCKSTEP_CLASSPATH      jars and folders with projects of your own"
    })
public final class Lockstep {
  private static final String LOGGER = "org.slf4j.simpleLogger.";

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  boolean debug;

  private Lockstep() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    ParentWatch.startIfChild();
    System.exit(run(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(String... arguments) {
    quietLogs();
    return execute(commandLine(), Path.of(""), arguments);
  }

  /**
   * Runs one command.
   *
   * @param folder where the file of settings is looked for, and in those above it
   */
  static int execute(CommandLine line, Path folder, String... arguments) {
    try {
      ConfiguredDefaults.register(line, ConfigFile.above(folder));
    } catch (CommandException e) {
      return Failures.ofSettings(line, e, arguments);
    }
    return line.execute(arguments);
  }

  static CommandLine commandLine() {
    Lockstep lockstep = new Lockstep();
    CommandLine line =
        new CommandLine(lockstep)
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler(new WrongUsage())
            .setExecutionExceptionHandler(new Failures(() -> lockstep.debug));
    Converters.register(line);
    CommandSections.register(line);
    BenchCommand.passOptionsOn(line);
    Versions.register(line);
    return line;
  }

  /** Nothing a user could act on: missing Hadoop, long names, a broker asked each second, ends. */
  private static final List<String> NOISY =
      List.of(
          "org.apache.flink.metrics.MetricGroup",
          "org.apache.flink.runtime.security.token.DefaultDelegationTokenManager",
          "org.apache.flink.runtime.util.HadoopUtils",
          "org.apache.flink.runtime.webmonitor.WebMonitorUtils",
          "org.apache.hadoop.util.NativeCodeLoader",
          "org.apache.kafka.clients.NetworkClient",
          "org.apache.pekko.actor.CoordinatedShutdown");

  /** Warnings only, unless the user says otherwise; must precede the first logger. */
  private static void quietLogs() {
    setIfAbsent(LOGGER + "defaultLogLevel", "warn");
    setIfAbsent(LOGGER + "showDateTime", "true");
    setIfAbsent(LOGGER + "dateTimeFormat", "HH:mm:ss");
    NOISY.forEach(name -> setIfAbsent(LOGGER + "log." + name, "error"));
    // Logs the trace of a failure that it throws, too; --debug shows it.
    setIfAbsent(LOGGER + "log.org.apache.beam.runners.flink.FlinkRunner", "off");
    // Logs what a watch asks about a job a moment before it begins or after it has ended.
    setIfAbsent(LOGGER + "log.org.apache.flink.runtime.rest.handler", "off");
    // Warns once a thread that metrics aren't set up, which is how we want it.
    setIfAbsent(LOGGER + "log.org.apache.beam.sdk.metrics.MetricsEnvironment", "off");
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
