package dev.lockstep.cli.command;

import dev.lockstep.beam.stream.SnapshotLoad;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.result.LoadResult;
import dev.lockstep.cli.run.LoadRun;
import dev.lockstep.cli.view.ProgressLine;
import java.io.IOException;

/** What {@link LoadCommand} does. */
final class LoadSteps {
  private LoadSteps() {}

  static void run(LoadCommand command) throws IOException {
    LoadRun load = LoadRun.of(command.options.definition().plan(), command.snapshot);
    String redis = command.redis;
    if (redis == null || redis.isBlank()) {
      throw new CommandException(
          "no Redis is given to load the snapshot into",
          "give --redis redis://host:port, or set LOCKSTEP_REDIS");
    }
    if (command.dry.asked) {
      DryRun dry = new DryRun("load", command.options.definition().plan());
      long carried = load.check(redis);
      dry.checked("the snapshot of %s is whole, and of this definition", load.cut());
      dry.checked("Redis at %s answers, and its tables go with the snapshot's", redis);
      dry.would("write what Redis doesn't hold as new or newer");
      if (carried > 0) {
        dry.would("leave out %d events that were read ahead of their availability", carried);
      }
      dry.tell(command.output);
      return;
    }
    SnapshotLoad.Counts counts;
    try (ProgressLine progress = new ProgressLine("load", -1, "shards")) {
      counts =
          load.run(
              redis,
              (done, all) -> {
                progress.outOf(all);
                progress.reached(done);
              });
    }
    command.output.text().println(load.text(counts));
    command.output.result(
        new LoadResult(
            load.cut(), counts.entities(), counts.written(), counts.newer(), counts.carried()));
  }
}
