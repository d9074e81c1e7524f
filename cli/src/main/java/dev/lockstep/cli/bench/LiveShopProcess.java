package dev.lockstep.cli.bench;

import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.ClassPaths;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.cli.run.JobOptions;
import dev.lockstep.cli.run.StreamRun;
import dev.lockstep.define.Emission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Main class of a process that runs the stream of a {@link LiveShop} on live topics, on Flink in
 * itself: {@code SUFFIX EMISSION VISIBLE_WITHIN_MILLIS KAFKA REDIS WORK PARALLELISM [practise]}.
 */
public final class LiveShopProcess {
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
  private static final Duration ONE_MACHINE = Duration.ofMillis(10);

  private LiveShopProcess() {}

  /** The start of such a process, which practises first. */
  static ChildJvm.Start start(LiveShop shop, Addresses servers, int parallelism, Path work)
      throws IOException {
    return new ChildJvm.Start(
        "stream",
        ClassPaths.ofRole("stream"),
        List.of("-Xms512m", "-Xmx1536m", "-XX:+UseParallelGC"),
        LiveShopProcess.class.getName(),
        List.of(
            shop.suffix(),
            shop.emission().name(),
            Long.toString(shop.visibleWithin().toMillis()),
            servers.kafka(),
            servers.redis(),
            work.toString(),
            Integer.toString(parallelism),
            "practise"));
  }

  /** Runs until it is stopped; see the class. */
  public static void main(String[] arguments) throws Exception {
    ParentWatch.startIfChild();
    LiveShop shop =
        new LiveShop(
            arguments[0],
            Emission.valueOf(arguments[1]),
            Duration.ofMillis(Long.parseLong(arguments[2])));
    StreamRun run =
        new StreamRun(
            shop.definition(),
            new Addresses(arguments[3], arguments[4]),
            JobOptions.local(Integer.parseInt(arguments[6]), CHECKPOINTS),
            Path.of(arguments[5]));
    if (arguments.length > 7) {
      run.practiseFirst();
    }
    run.check(true, ONE_MACHINE, false).forEach(System.out::println);
    try (Cleanup cleanup = new Cleanup()) {
      var unused =
          run.run(cleanup, () -> System.out.println("READY streaming"), System.out::println);
    }
  }
}
