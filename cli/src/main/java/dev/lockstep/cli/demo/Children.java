package dev.lockstep.cli.demo;

import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.ClassPaths;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the demo's processes, each with the class path of its role. */
final class Children {
  private static final String MAIN = "dev.lockstep.cli.Lockstep";

  private final DemoSettings settings;
  private final Addresses servers;
  private final Path logs;
  private final Cleanup cleanup;

  Children(DemoSettings settings, Addresses servers, Path logs, Cleanup cleanup) {
    this.settings = settings;
    this.servers = servers;
    this.logs = logs;
    this.cleanup = cleanup;
  }

  /** The streaming job; its state isn't saved, since the demo starts over anyway. */
  ChildJvm stream(Path work) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("stream"));
    arguments.addAll(common());
    arguments.addAll(
        List.of(
            "--redis",
            servers.redis(),
            "--flink-master",
            "[local]",
            "--parallelism",
            Integer.toString(settings.parallelism()),
            "--checkpoint-seconds",
            "0",
            "--replay",
            "--work",
            work.toString()));
    return start(
        "stream", "stream", List.of("-Xms512m", "-Xmx1536m", "-XX:+UseParallelGC"), arguments);
  }

  /** Scorer and actor. */
  ChildJvm serve(Path model, Path decisions) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(common());
    arguments.addAll(List.of("--model", model.toString(), "--decisions", decisions.toString()));
    return start("serve", "serve", List.of("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC"), arguments);
  }

  private List<String> common() {
    List<String> arguments = new ArrayList<>(settings.arguments());
    arguments.addAll(
        List.of("--kafka", servers.kafka(), "--data", settings.workspace().data().toString()));
    return arguments;
  }

  private ChildJvm start(String name, String role, List<String> options, List<String> arguments)
      throws IOException {
    return cleanup.add(
        ChildJvm.start(
            new ChildJvm.Start(name, ClassPaths.ofRole(role), options, MAIN, arguments), logs));
  }
}
