package dev.lockstep.cli.command;

import dev.lockstep.beam.kafka.ClaimSign;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.result.StatusResult;
import dev.lockstep.cli.status.FiguresPort;
import dev.lockstep.cli.status.StandingText;
import dev.lockstep.cli.status.StandingWatch;
import dev.lockstep.cli.status.StreamStanding;
import dev.lockstep.plan.FeaturePlan;
import java.io.PrintWriter;
import java.time.InstantSource;

/** What {@code status} does. */
final class StatusSteps {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final long PAUSE_MILLIS = 2_000;

  private StatusSteps() {}

  static int run(StatusCommand command) throws InterruptedException {
    FeaturePlan plan = command.options.definition().plan();
    String kafka = command.kafka.require("ask how a stream stands");
    try (Cleanup cleanup = new Cleanup()) {
      StandingWatch watch = cleanup.add(StandingWatch.open(plan, kafka));
      PrintWriter text = command.output.text();
      if (command.port != null) {
        command.output.note().println(openPort(watch, command.host, command.port, cleanup));
        command.output.note().flush();
      }
      tell(watch, text);
      while (command.watches || command.port != null) {
        Thread.sleep(PAUSE_MILLIS);
        if (command.watches) {
          text.println();
          tell(watch, text);
        }
      }
      StatusResult result = watch.ask(standing -> result(plan.name(), standing));
      command.output.result(result);
      return result.runs() ? 0 : 1;
    }
  }

  /**
   * Gives a stream's figures at a port until the cleanup.
   *
   * @return what to tell of it
   * @throws dev.lockstep.cli.project.CommandException if the port is taken
   */
  static String openPort(FeaturePlan plan, String kafka, String host, int port, Cleanup cleanup) {
    return openPort(cleanup.add(StandingWatch.open(plan, kafka)), host, port, cleanup);
  }

  private static String openPort(StandingWatch watch, String host, int port, Cleanup cleanup) {
    FiguresPort open = cleanup.add(FiguresPort.open(host, port, watch, CLOCK::millis));
    return "figures at http://"
        + host
        + ":"
        + open.port()
        + "/metrics, words at /health and /ready";
  }

  private static void tell(StandingWatch watch, PrintWriter text) {
    watch.ask(standing -> StandingText.lines(standing, CLOCK.millis())).forEach(text::println);
    text.flush();
  }

  private static StatusResult result(String set, StreamStanding standing) {
    StreamStanding.Health health = standing.health(CLOCK.millis());
    ClaimSign stream = standing.stream();
    return new StatusResult(
        set,
        health.runs(),
        health.ready(),
        health.words(),
        stream == null ? null : stream.start(),
        stream == null ? null : stream.place(),
        standing.processes(),
        standing.sum().entrySet().stream()
            .map(f -> new StatusResult.Figure(f.getKey(), f.getValue()))
            .toList());
  }
}
