package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.run.ClusterJob;
import dev.lockstep.cli.run.StoreCheck;
import dev.lockstep.cli.run.StreamLook;
import dev.lockstep.cli.work.WorkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code stream --dry-run} does. */
final class StreamDryRun {
  private final StreamCommand command;
  private final Definition definition;
  private final DryRun dry;

  StreamDryRun(StreamCommand command, Definition definition) {
    this.command = command;
    this.definition = definition;
    this.dry = new DryRun("stream", definition.plan());
  }

  void run() throws IOException, InterruptedException {
    Workspace workspace = command.options.untouched(definition.project());
    StreamLook look = StreamLook.of(definition, command.work);
    Path schemas = command.schemas != null ? command.schemas : workspace.schemas();
    command.requireReachableWork();
    dry.checked("%d schemas that messages may be written by", look.schemas(schemas));
    work();
    servers(look);
    cluster(workspace);
    look.latestCheckpoint().ifPresent(c -> dry.would("go on from %s", c));
    dry.would("stream %s until it is stopped", definition.set().name());
    dry.tell(command.output);
  }

  private void servers(StreamLook look) throws IOException {
    String kafka = command.servers.kafka;
    List<String> missing = List.of();
    boolean given = kafka != null && !kafka.isBlank();
    look.requireWork(!command.replay, Choices.backend(command.state), given ? kafka : null);
    if (kafka != null && given) {
      if (!command.makesTopics) {
        look.requireInputs(kafka);
      }
      missing = look.missingTopics(kafka);
      dry.checked("Kafka at %s answers", kafka);
      if (!command.takesOver) {
        look.requireAlone(kafka, command.flinkMaster);
        dry.checked("no other start is this stream");
      }
      if (!missing.isEmpty()) {
        dry.would("make the topics %s", missing);
      }
    } else {
      dry.would("start an embedded Kafka broker");
    }
    String redis = command.servers.redis;
    if (redis != null && !redis.isBlank()) {
      var unused = StoreCheck.reachable(redis);
      dry.checked("Redis at %s answers", redis);
    } else {
      dry.would("start an embedded Redis server");
    }
    if (kafka != null && given && missing.isEmpty()) {
      look.beginning(kafka, command.snapshot, command.startOffsets)
          .ifPresent(cut -> dry.checked("the snapshot of %s goes with the topics", cut));
    } else if (command.snapshot != null) {
      dry.checked("the snapshot of %s is of this definition", look.cut(command.snapshot));
      dry.unknown("whether the topics go on where the snapshot ends: they aren't there yet");
    }
    if (command.snapshot != null) {
      dry.would("load the snapshot into Redis and the stream's state");
    }
  }

  private void cluster(Workspace workspace) throws InterruptedException {
    String master = command.flinkMaster;
    if (master.startsWith("[")) {
      dry.would("run Flink in this process, with %d subtasks", command.parallelism);
      return;
    }
    new ClusterJob(master, command.stage, command.parallelism, workspace.runs(), "dry-run").check();
    dry.checked("the Flink cluster at %s takes %d subtasks", master, command.parallelism);
  }

  private void work() {
    Path work = command.work == null ? null : WorkFiles.of(command.work).local().orElse(null);
    if (work != null && Files.exists(work) && !Files.isDirectory(work)) {
      throw new CommandException(
          FailureKind.DATA, work + " is no folder", "give a folder with --work");
    }
  }
}
