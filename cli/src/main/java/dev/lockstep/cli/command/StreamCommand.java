package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.result.RunningResult;
import dev.lockstep.cli.run.InputTopics;
import dev.lockstep.cli.run.JobOptions;
import dev.lockstep.cli.run.StreamPlace;
import dev.lockstep.cli.run.StreamRun;
import dev.lockstep.cli.run.WorkFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a project's stream until it is told to end. */
@Command(
    name = "stream",
    description = "Compute features from Kafka, publish ready vectors, keep Redis fresh.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep stream flights",
      "  lockstep stream flights --replay",
      "  lockstep stream flights --kafka broker:9092 --redis redis://cache:6379",
      "  lockstep stream flights --flink-master jobmanager:8081 --parallelism 4 --work /mnt/shop",
      "  lockstep stream flights --snapshot days --work stream"
    })
public final class StreamCommand implements Callable<Integer> {
  private static final String LOCAL = "[local]";

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin DryRunOption dry = new DryRunOption();

  @Mixin ProjectOptions options = new ProjectOptions();
  @Mixin ServerOptions servers = new ServerOptions();

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LOCKSTEP_FLINK_MASTER:-" + LOCAL + "}",
      description = "A Flink cluster's REST address; default LOCKSTEP_FLINK_MASTER, else embedded.")
  String flinkMaster = LOCAL;

  @Option(
      names = "--parallelism",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Subtasks of each step, at most the topics' partitions; default ${DEFAULT-VALUE}.")
  int parallelism;

  @Option(
      names = "--checkpoint-seconds",
      converter = Converters.NotNegative.class,
      paramLabel = "N",
      defaultValue = "10",
      description = "How often the state is saved, 0 for never; default ${DEFAULT-VALUE}.")
  int checkpointSeconds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = {
        "Where the state is saved: started again with the same one, the stream goes on from what",
        "was saved last. A folder, or a URI of a file system that Flink knows. Default: a folder",
        "deleted at the end; on a cluster it must be given, where all TaskManagers see it."
      })
  @Nullable String work;

  @Option(
      names = "--state",
      paramLabel = "heap|rocksdb",
      description = {
        "What holds the state: Java's heap, or RocksDB in files of the local disk, with a bounded",
        "memory beside the heap. Default: what held it before, else the heap."
      })
  @Nullable String state;

  @Option(
      names = "--stop-seconds",
      converter = Converters.Positive.class,
      paramLabel = "N",
      defaultValue = "120",
      description =
          "How long a stop (Ctrl-C, SIGTERM, lockstep stop) may take to save the state in --work;"
              + " default ${DEFAULT-VALUE}.")
  int stopSeconds;

  @Option(
      names = "--stage",
      paramLabel = "auto|class-path|none|JAR,...",
      defaultValue = "auto",
      description =
          "What the job brings to a cluster: all classes of this command, none, or jars;"
              + " ${DEFAULT-VALUE} brings all, but to a cluster of `lockstep flink`.")
  String stage = "auto";

  @Option(
      names = "--make-topics",
      description =
          "Make topics that are to be read and aren't there, too. Default: with --kafka they are"
              + " refused, since a name may be mistyped; an embedded broker gets them.")
  boolean makesTopics;

  @Option(
      names = "--take-over",
      description = {
        "Be the stream of this set though another start is, somewhere: that one ends itself.",
        "Default: this one is refused."
      })
  boolean takesOver;

  @Option(
      names = "--snapshot",
      paramLabel = "DIR",
      description = {
        "Go on from what backfill --by-day wrote: all days, of which the last counts, or one. It is",
        "loaded into Redis and the stream's state; requests wait until it is there."
      })
  @Nullable Path snapshot;

  @Option(
      names = "--start-offsets",
      paramLabel = "FILE",
      description = {
        "With --snapshot, the first records that it hasn't read: lines TOPIC-PARTITION=OFFSET.",
        "Default: behind those that its history was archived from, else all that topics hold."
      })
  @Nullable Path startOffsets;

  @Option(
      names = "--replay",
      description = {
        "The topics hold what lockstep replay sends, and move on by its clock records alone.",
        "Default: live topics, which move on by the broker's clock, too."
      })
  boolean replay;

  @Option(
      names = "--broker-skew",
      converter = Converters.NotNegative.class,
      paramLabel = "MILLIS",
      defaultValue = "10",
      description =
          "How far brokers' clocks may be behind this machine's; default ${DEFAULT-VALUE}.")
  int brokerSkewMillis;

  @Option(
      names = "--skip-gaps",
      description = {
        "Go on behind records that Kafka deleted before they were read. Default: they end the",
        "stream, since vectors whose windows reach them would be wrong."
      })
  boolean skipsGaps;

  @Option(
      names = "--no-warm-up",
      description = {
        "Begin at once. Default: live topics are read after some seconds of practice over made-up",
        "records, so that the first requests don't wait for what Java loads and compiles."
      })
  boolean beginsAtOnce;

  @Option(
      names = "--figures-port",
      converter = Converters.NotNegative.class,
      paramLabel = "PORT",
      description = {
        "Give the figures at this port of this machine, too: /metrics for Prometheus, /health and",
        "/ready in words. 0 for any that is free. Default: on Kafka alone, for lockstep status."
      })
  @Nullable Integer figuresPort;

  @Option(
      names = "--schemas",
      paramLabel = "DIR",
      description = {
        "Avro schemas, *.avsc, that messages may be written by; those of the project's own records",
        "are kept there. Default: schemas in this folder, if it is there, else DATA/PROJECT/schemas."
      })
  @Nullable Path schemas;

  @Override
  public Integer call() throws Exception {
    Definition definition = options.definition();
    definition.plan();
    if (dry.asked) {
      new StreamDryRun(this, definition).run();
      return FailureKind.DONE;
    }
    JobOptions job = jobOptions();
    requireReachableWork();
    Workspace workspace = options.workspace(definition.project());
    try (Cleanup cleanup = new Cleanup()) {
      StreamPlace place = StreamPlace.of(work, workspace.runs(), cleanup);
      WorkFolder owned = cleanup.add(WorkFolder.take(place.work()));
      Addresses addresses = servers.addresses(workspace, cleanup, output);
      StreamRun run = new StreamRun(definition, addresses, job, place.work(), place.local());
      owned.require(definition.plan(), !replay, run.backend(), addresses.kafka());
      if (servers.givesKafka() && !makesTopics) {
        InputTopics.require(definition.plan(), addresses.kafka());
      }
      if (!replay && !beginsAtOnce) {
        run.practiseFirst();
      }
      run.readSchemas(schemas != null ? schemas : workspace.schemas());
      List<String> notes =
          new ArrayList<>(run.check(!replay, Duration.ofMillis(brokerSkewMillis), skipsGaps));
      notes.addAll(run.stateNotes());
      run.claim(owned.isLocked(), takesOver);
      if (!owned.isLocked()) {
        notes.add(
            "no lock can be had in %s: the status topic alone keeps others out".formatted(work));
      }
      owned.keep(definition.plan(), !replay, run.backend(), addresses.kafka());
      run.beginWith(snapshot, startOffsets).ifPresent(notes::add);
      run.latestCheckpoint().ifPresent(c -> notes.add("going on from " + c));
      if (figuresPort != null) {
        notes.add(
            StatusSteps.openPort(
                definition.plan(), addresses.kafka(), "127.0.0.1", figuresPort, cleanup));
      }
      PrintWriter text = output.text();
      notes.forEach(text::println);
      AtomicReference<ResultOutput.@Nullable Running> running = new AtomicReference<>();
      PrintWriter words = output.note();
      boolean isStopped =
          run.run(
              cleanup,
              () -> running.set(ready(definition, addresses, notes, cleanup)),
              line -> {
                words.println(line);
                words.flush();
              });
      ResultOutput.Running ended = running.get();
      if (ended != null) {
        ended.ended(isStopped);
      }
      return isStopped ? FailureKind.INTERRUPTED : FailureKind.DONE;
    }
  }

  private JobOptions jobOptions() {
    return new JobOptions(
        flinkMaster,
        parallelism,
        Duration.ofSeconds(checkpointSeconds),
        Choices.backend(state),
        stage,
        work == null || checkpointSeconds == 0 ? null : Duration.ofSeconds(stopSeconds));
  }

  /** On a cluster a folder of this machine's, made in passing, is nobody else's. */
  void requireReachableWork() {
    if (!flinkMaster.startsWith("[") && work == null && checkpointSeconds > 0) {
      throw new CommandException(
          "the Flink cluster at "
              + flinkMaster
              + " is to save checkpoints, and no --work says where: they must be where the cluster"
              + " can reach them",
          "give --work DIR, a folder that this command and all TaskManagers see under one path, or a"
              + " URI such as s3://bucket/folder; or"
              + " --checkpoint-seconds 0, to save nothing and begin anew after a failure");
    }
  }

  private ResultOutput.Running ready(
      Definition definition, Addresses addresses, List<String> notes, Cleanup cleanup) {
    return output.ready(
        RunningResult.ready(definition.set().name(), addresses.kafka(), addresses.redis(), notes)
            .on(flinkMaster.equals(LOCAL) ? null : flinkMaster),
        "READY streaming " + definition.set().name(),
        cleanup);
  }
}
