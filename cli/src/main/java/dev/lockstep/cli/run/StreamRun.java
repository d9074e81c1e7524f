package dev.lockstep.cli.run;

import dev.lockstep.beam.event.SchemaFolder;
import dev.lockstep.beam.kafka.InputMode;
import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.kafka.StreamJob;
import dev.lockstep.beam.kafka.StreamPipeline;
import dev.lockstep.beam.kafka.StreamStart;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.stream.StreamSettings;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.serving.redis.RedisStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.beam.sdk.PipelineResult;
import org.jspecify.annotations.Nullable;

/** The streaming job of a project, from its topics to the topic of ready vectors. */
public final class StreamRun {
  private static final int LEAST_PARTITIONS = 2;

  private final Definition definition;
  private final Addresses servers;
  private StreamJob job;
  private @Nullable StreamStart start;
  private List<String> schemas = List.of();
  private InputMode mode = InputMode.REPLAY;
  private boolean practises;

  /**
   * @param work a folder for Flink's configuration and temporary files
   * @param checkpointEvery zero for never
   */
  public StreamRun(
      Definition definition,
      Addresses servers,
      String flinkMaster,
      int parallelism,
      Path work,
      Duration checkpointEvery) {
    this.definition = definition;
    this.servers = servers;
    this.job = new StreamJob(flinkMaster, parallelism, work, checkpointEvery);
  }

  /**
   * Makes the topics of a project's stream that aren't there.
   *
   * @param live whether records of the inputs are stamped as they are appended; those of a replay
   *     keep their own times
   */
  public static void makeTopics(
      Definition definition, String kafka, int parallelism, boolean live) {
    Topics broker = new Topics(kafka);
    int partitions = partitions(parallelism);
    List<String> stamped = new ArrayList<>(List.of(definition.scoresTopic()));
    if (live) {
      FeaturePlan plan = definition.plan();
      stamped.addAll(StreamTopics.of("", plan).inputs(plan));
    }
    broker.makeMissing(
        topics(definition).stream().filter(t -> !stamped.contains(t)).toList(), partitions);
    broker.makeMissingWithAppendTime(stamped, partitions);
  }

  /** The topics of a project's stream, the scores' last. */
  static List<String> topics(Definition definition) {
    FeaturePlan plan = definition.plan();
    List<String> names = new ArrayList<>(StreamTopics.of("", plan).all(plan));
    names.add(definition.scoresTopic());
    return names;
  }

  /** The topics of what the stream could not use: late events, and what is no event. */
  public static List<String> letterTopics(FeaturePlan plan) {
    StreamTopics topics = StreamTopics.of("", plan);
    return List.of(topics.late(), topics.deadLetters());
  }

  /** The late events among the counts of {@link #letterTopics}. */
  public static long late(FeaturePlan plan, Map<String, Long> counts) {
    return counts.getOrDefault(StreamTopics.of("", plan).late(), 0L);
  }

  /** The dead letters among the counts of {@link #letterTopics}. */
  public static long deadLetters(FeaturePlan plan, Map<String, Long> counts) {
    return counts.getOrDefault(StreamTopics.of("", plan).deadLetters(), 0L);
  }

  static int partitions(int parallelism) {
    return Math.max(LEAST_PARTITIONS, parallelism);
  }

  /**
   * Makes the topics that aren't there and asks the store for something; the stream then reads live
   * topics, or what is replayed into them.
   *
   * @param brokerSkew how far a broker's clock may be behind this machine's
   * @param skipsGaps whether records that Kafka deleted before they were read may be left out
   * @return what to tell of how the topics move on
   * @throws CommandException if Kafka or Redis can't be used
   */
  public List<String> check(boolean live, Duration brokerSkew, boolean skipsGaps) {
    makeTopics(definition, servers.kafka(), job.parallelism(), live);
    StoreCheck.reachable(servers.redis());
    if (!live) {
      mode = new InputMode(false, Duration.ZERO, Map.of(), skipsGaps);
      return List.of("the topics hold a replay: they move on by its clock records");
    }
    InputModes modes =
        InputModes.live(definition.plan(), new Topics(servers.kafka()), brokerSkew, skipsGaps);
    mode = modes.mode();
    return modes.notes();
  }

  /**
   * Lets the stream go on from a snapshot: loads that into Redis, where tables are read, and reads
   * topics behind it. A job that goes on from its checkpoint has done so before.
   *
   * @param snapshot a snapshot's folder, a day's, or that of all days; null for what the work
   *     folder remembers, if anything
   * @param startOffsets lines {@code TOPIC-PARTITION=FIRST OFFSET}, for history that doesn't tell;
   *     null for none
   * @return what to tell of it, if the stream is one that begins with a snapshot
   * @throws CommandException if the snapshot and what topics or work folder hold don't go together
   * @throws IOException if a file can't be read or written
   */
  public Optional<String> beginWith(@Nullable Path snapshot, @Nullable Path startOffsets)
      throws IOException {
    FeaturePlan plan = definition.plan();
    boolean goesOn = latestCheckpoint().isPresent();
    start =
        new StreamBeginning(plan, job.workFolder(), servers.kafka())
            .of(goesOn, snapshot, startOffsets)
            .orElse(null);
    if (start == null) {
      return Optional.empty();
    }
    if (goesOn) {
      return Optional.empty();
    }
    LoadRun load = LoadRun.of(plan, start.folder().folder());
    String loaded = load.text(load.run(servers.redis(), (done, all) -> {}));
    StartFile.write(job.workFolder(), start);
    return Optional.of(loaded);
  }

  /**
   * Lets the stream read Avro that was written by the schemas of a folder, and keeps there those by
   * which we write its records now: they stay readable when a record has become another.
   *
   * @throws IOException naming the file that is no schema or can't be written
   */
  public void readSchemas(Path folder) throws IOException {
    SchemaFolder kept = new SchemaFolder(folder);
    kept.keep(definition.plan());
    schemas = kept.texts();
  }

  /**
   * Lets the stream run over made-up records first, where Flink is in this process: then the first
   * requests don't wait for what Java loads and compiles.
   */
  public void practiseFirst() {
    practises = true;
  }

  /** Lets Flink keep the stream's state elsewhere than on the heap. */
  public void keepStateIn(StateBackend backend) {
    job = job.on(backend);
  }

  /** The checkpoint that the job goes on from, if its work folder holds one. */
  public Optional<Path> latestCheckpoint() throws IOException {
    return job.latestCheckpoint();
  }

  /**
   * Runs the job and waits until it ends.
   *
   * @param cleanup ends what watches it
   * @param ready told once it reads all of its inputs; on a cluster, once that has taken it
   * @param words takes lines for people about what it does, of a job in this process
   * @throws CommandException if it ended otherwise than done or cancelled
   * @throws IOException if the work folder can't be written
   */
  public void run(Cleanup cleanup, Runnable ready, Consumer<String> words) throws IOException {
    StreamPipeline pipeline =
        new StreamPipeline(
                definition.set(),
                servers.kafka(),
                StreamTopics.of("", definition.plan()),
                new RedisStore(servers.redis()),
                StreamSettings.DEFAULT)
            .withSchemas(schemas)
            .withInputs(mode);
    AtomicBoolean tasksRun = new AtomicBoolean();
    if (job.isLocal()) {
      if (practises) {
        practise(pipeline, words);
      }
      cleanup.add(
          new StreamWatch(
              definition.plan(),
              servers.kafka(),
              mode,
              InstantSource.system(),
              tasksRun::get,
              ready,
              words));
    }
    StreamEnd end = new StreamEnd(definition.set().name(), job);
    PipelineResult.State state =
        end.await(
            start == null ? pipeline : pipeline.after(start),
            cleanup,
            job.isLocal() ? () -> tasksRun.set(true) : ready);
    if (state != PipelineResult.State.DONE && state != PipelineResult.State.CANCELLED) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "the stream's job ended as " + state,
          "see the messages above, or the job in Flink's own UI; start it again when the cause is"
              + " gone: with the same --work folder it goes on where its last checkpoint was");
    }
  }

  private void practise(StreamPipeline pipeline, Consumer<String> words) throws IOException {
    try {
      job.practise(pipeline);
    } catch (RuntimeException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      words.accept("no practice before the first request, which will take longer: " + root);
    }
  }
}
