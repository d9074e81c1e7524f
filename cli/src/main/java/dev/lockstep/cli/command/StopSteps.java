package dev.lockstep.cli.command;

import dev.lockstep.cli.result.StopResult;
import dev.lockstep.cli.run.StopRun;
import java.io.IOException;
import java.time.Duration;

/** What {@code stop} does. */
final class StopSteps {
  private StopSteps() {}

  static void run(StopCommand command) throws IOException, InterruptedException {
    StopRun run =
        StopRun.of(
            command.options.definition().set().name(),
            command.work,
            Duration.ofSeconds(command.waitSeconds));
    String master = command.master;
    StopRun.Stopped stopped =
        master == null || master.isBlank() || master.startsWith("[")
            ? run.process()
            : run.onCluster(master);
    command
        .output
        .text()
        .println(
            "stopped "
                + stopped.stream()
                + "; its state is in "
                + stopped.savepoint()
                + "\n    started again with the same --work, the stream goes on from there");
    command.output.result(new StopResult(stopped.stream(), stopped.savepoint().uri()));
  }
}
