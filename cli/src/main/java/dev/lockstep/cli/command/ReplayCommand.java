package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.replay.ReplayEvent;
import dev.lockstep.cli.replay.ReplayLog;
import dev.lockstep.cli.replay.Replayer;
import dev.lockstep.cli.run.ReplayRun;
import dev.lockstep.cli.run.StreamRun;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.define.History;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends a project's history to Kafka again. */
@Command(
    name = "replay",
    description = {
      "Load a project's tables into Redis and send its history to Kafka,",
      "in the order in which it became known."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep replay flights --rate 500",
      "  lockstep replay fraud --tables-only --redis redis://cache:6379",
      "  lockstep replay flights --from 2001-01-30T00:00:00Z --until 2001-01-31T00:00:00Z"
    })
public final class ReplayCommand implements Callable<Integer> {
  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin ServerOptions servers = new ServerOptions();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "850",
      description = "Events a second, 0 for as fast as Kafka takes them; default ${DEFAULT-VALUE}.")
  double rate;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "First availability; default: the history's replay less the longest window.")
  @Nullable Instant from;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Availability at which to stop; default: the end of the history's replay.")
  @Nullable Instant until;

  @Option(
      names = "--tables-only",
      description = "Load the tables, whole, and send nothing; needs no Kafka.")
  boolean tablesOnly;

  @Override
  public Integer call() throws Exception {
    Definition definition = options.definition();
    definition.plan();
    Workspace workspace = options.workspace(definition.project());
    try (Cleanup cleanup = new Cleanup()) {
      Addresses addresses =
          tablesOnly
              ? servers.redisOnly(workspace, cleanup)
              : servers.addresses(workspace, cleanup);
      History history = definition.project().history(workspace.history());
      ReplayRun replay = new ReplayRun(definition, history, addresses);
      System.out.println("tables: " + replay.loadTables() + " keys loaded");
      if (tablesOnly) {
        return 0;
      }
      StreamRun.makeTopics(definition, addresses.kafka(), 1);
      Instant begin = from != null ? from : replay.warmUpFrom();
      List<ReplayEvent> events =
          replay.events(begin, until != null ? until : history.replayUntil());
      try (Replayer replayer = replay.replayer(InstantSource.system());
          ProgressLine progress = new ProgressLine("replay", events.size())) {
        if (!events.isEmpty()) {
          replayer.tick(ReplayLog.millisOf(events.get(0)));
        }
        replayer.send(events, rate, progress::reached, () -> false);
      }
      System.out.println("sent " + events.size() + " events");
    }
    return 0;
  }
}
