package dev.lockstep.cli.command;

import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.replay.ReplayCursor;
import dev.lockstep.cli.replay.ReplayEvent;
import dev.lockstep.cli.replay.ReplayLog;
import dev.lockstep.cli.replay.Replayer;
import dev.lockstep.cli.result.ReplayResult;
import dev.lockstep.cli.run.ReplayRun;
import dev.lockstep.cli.run.StreamRun;
import dev.lockstep.cli.tables.TableLoad;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.project.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What {@link ReplayCommand} does. */
final class ReplaySteps {
  private final ReplayCommand command;

  ReplaySteps(ReplayCommand command) {
    this.command = command;
  }

  void run() throws Exception {
    Definition definition = command.options.definition();
    definition.plan();
    Workspace workspace = command.options.workspace(definition.project());
    HistoryOptions.requireBefore("--from", command.from, "--until", command.until);
    try (Cleanup cleanup = new Cleanup();
        LeftOut leftOut = new LeftOut(command.rejected)) {
      Addresses addresses =
          command.tablesOnly
              ? command.servers.redisOnly(workspace, cleanup, command.output)
              : command.servers.addresses(workspace, cleanup, command.output);
      History history = definition.history(workspace.history());
      TemporaryFolder work = cleanup.add(TemporaryFolder.in(workspace.runs(), "replay-"));
      ReplayRun replay = new ReplayRun(definition, history, addresses, work.path());
      List<TableLoad> loads = replay.loadTables(command.replace, leftOut);
      loads.forEach(load -> load.lines().forEach(this::println));
      Long events =
          command.tablesOnly ? null : send(definition, history, addresses, replay, leftOut);
      leftOut.lines().forEach(this::println);
      command.output.result(
          new ReplayResult(
              loads.stream().map(ReplaySteps::table).toList(), events, leftOut.count()));
    }
  }

  private static ReplayResult.Table table(TableLoad load) {
    return new ReplayResult.Table(
        load.table(),
        load.load(),
        load.written().taken(),
        load.gone().keys(),
        load.gone().removed());
  }

  private long send(
      Definition definition,
      History history,
      Addresses addresses,
      ReplayRun replay,
      LeftOut leftOut)
      throws IOException {
    Instant from = command.from != null ? command.from : replay.warmUpFrom();
    Instant until = command.until != null ? command.until : history.replayUntil();
    HistoryOptions.requireBefore(
        command.from != null ? "--from" : "the begin of the history's replay",
        from,
        command.until != null ? "--until" : "the end of the history's replay",
        until);
    ReplayLog log = replay.events(from, until, leftOut);
    StreamRun.makeTopics(definition, addresses.kafka(), Math.max(1, replay.partitions(log)), false);
    for (String topic : replay.moved(log)) {
      command
          .spec
          .commandLine()
          .getErr()
          .println(
              "warning: topic "
                  + topic
                  + " has fewer partitions than the archive of its events: of those that became"
                  + " known at once, others may be the first\n    cure: make it with "
                  + log.partitions(topic)
                  + " partitions before the replay");
    }
    try (ReplayCursor events = log.open();
        Replayer replayer = replay.replayer(log, InstantSource.system());
        ProgressLine progress = new ProgressLine("replay", log.count(), "events")) {
      ReplayEvent first = events.peek();
      if (first != null) {
        replayer.tick(ReplayLog.millisOf(first));
      }
      replayer.send(events, log.count(), log.count(), command.rate, progress::reached, () -> false);
    }
    println("sent " + log.count() + " events");
    return log.count();
  }

  private void println(String line) {
    PrintWriter text = command.output.text();
    text.println(line);
    text.flush();
  }
}
