package dev.lockstep.cli.run;

import dev.lockstep.beam.event.SchemaFolder;
import dev.lockstep.beam.kafka.InputMode;
import dev.lockstep.beam.kafka.JobState;
import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.kafka.StreamClaim;
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
import dev.lockstep.cli.work.Checkpoints;
import dev.lockstep.cli.work.WorkFiles;
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
  private final JobOptions options;
  private final WorkFiles work;
  private final Path local;
  private @Nullable StreamStart start;
  private @Nullable StreamClaim claim;
  private boolean locked;
  private List<String> schemas = List.of();
  private InputMode mode = InputMode.REPLAY;
  private boolean practises;

  /**
   * @param work where the state is saved
   * @param local a folder of this machine for Flink's configuration and temporary files
   */
  public StreamRun(
      Definition definition, Addresses servers, JobOptions options, WorkFiles work, Path local) {
    this.definition = definition;
    this.servers = servers;
    this.options = options;
    this.work = work;
    this.local = local;
  }

  /** In a work folder of this machine. */
  public StreamRun(Definition definition, Addresses servers, JobOptions options, Path work) {
    this(definition, servers, options, WorkFiles.of(work), work);
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
    broker.makeStatus(status(definition.plan()));
  }

  /** The topic that says who is the stream of a plan's set. */
  static String status(FeaturePlan plan) {
    return StreamTopics.of("", plan).status(plan);
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
    makeTopics(definition, servers.kafka(), options.parallelism(), live);
    List<String> notes = new ArrayList<>();
    StoreCheck.reachable(servers.redis()).server().droppingStates().ifPresent(notes::add);
    if (!live) {
      mode = new InputMode(false, Duration.ZERO, Map.of(), skipsGaps);
      notes.add("the topics hold a replay: they move on by its clock records");
      return notes;
    }
    InputModes modes =
        InputModes.live(definition.plan(), new Topics(servers.kafka()), brokerSkew, skipsGaps);
    mode = modes.mode();
    notes.addAll(modes.notes());
    return notes;
  }

  /**
   * Makes this start the stream of its set, on whatever machines and clusters others are.
   *
   * @param isLocked whether no other process can be on the work folder
   * @param takesOver whether another one that runs is to end itself
   * @throws CommandException naming the one that runs
   */
  public void claim(boolean isLocked, boolean takesOver) throws InterruptedException {
    locked = isLocked;
    if (!options.isLocal()) {
      end(words -> {}).requireNone();
    }
    claim = claims().take(takesOver);
  }

  private Claims claims() {
    return Claims.of(servers.kafka(), status(definition.plan()), options.master(), work, locked);
  }

  private StreamEnd end(Consumer<String> words) {
    return new StreamEnd(definition.set().name(), options, work, words);
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
        new StreamBeginning(plan, work, servers.kafka())
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
    StartFile.write(work, start);
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

  /** The checkpoint or savepoint that the job goes on from, if its work folder holds one. */
  public Optional<Checkpoints.Saved> latestCheckpoint() throws IOException {
    return new Checkpoints(work).latest();
  }

  /**
   * Runs the job and waits until it ends.
   *
   * @param cleanup ends what watches it
   * @param ready told once it reads all of its inputs; on a cluster, once that has taken it
   * @param words takes lines for people about what it does, of a job in this process
   * @return whether a signal stopped it, which saved its state
   * @throws CommandException if it ended otherwise than done or cancelled
   * @throws IOException if the work folder can't be written
   */
  public boolean run(Cleanup cleanup, Runnable ready, Consumer<String> words)
      throws IOException, InterruptedException {
    StreamPipeline pipeline =
        new StreamPipeline(
                definition.set(),
                servers.kafka(),
                StreamTopics.of("", definition.plan()),
                new RedisStore(servers.redis()),
                StreamSettings.DEFAULT)
            .withSchemas(schemas)
            .withInputs(mode)
            .withVectorPartitions(vectorPartitions());
    ClusterJob cluster =
        options.isLocal()
            ? null
            : new ClusterJob(
                options.master(),
                options.stage(),
                options.parallelism(),
                local.resolve("client"),
                "stream");
    StreamJob job = job(cluster);
    AtomicBoolean tasksRun = new AtomicBoolean();
    if (options.isLocal()) {
      if (practises) {
        practise(job, pipeline, words);
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
    StreamClaim ours = claim;
    if (ours != null) {
      pipeline = pipeline.withClaim(ours);
    }
    if (start != null) {
      pipeline = pipeline.after(start);
    }
    StreamEnd.Ended ended =
        end(words)
            .await(
                job,
                cluster,
                pipeline,
                cleanup,
                options.isLocal() ? () -> tasksRun.set(true) : ready);
    if (ours != null) {
      claims().ended(ours);
    }
    PipelineResult.State state = ended.state();
    if (state != PipelineResult.State.DONE && state != PipelineResult.State.CANCELLED) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "the stream's job ended as " + state,
          "see the messages above, or the job in Flink's own UI; start it again when the cause is"
              + " gone: with the same --work folder it goes on where its last checkpoint was");
    }
    return ended.bySignal();
  }

  private int vectorPartitions() {
    String vectors = StreamTopics.of("", definition.plan()).vectors();
    return new Topics(servers.kafka()).partitions(List.of(vectors)).getOrDefault(vectors, 0);
  }

  private StreamJob job(@Nullable ClusterJob cluster) throws IOException, InterruptedException {
    Checkpoints checkpoints = new Checkpoints(work);
    JobState state =
        new JobState(
            backend(),
            local,
            checkpoints.uri(),
            options.checkpointEvery(),
            checkpoints.latest().map(Checkpoints.Saved::uri).orElse(null));
    return new StreamJob(options.master(), options.parallelism(), state)
        .bringing(cluster == null ? List.of() : cluster.jars());
  }

  /** What to tell of where the state is while the job runs. */
  public List<String> stateNotes() throws IOException {
    if (backend() == StateBackend.HEAP) {
      return List.of();
    }
    return List.of(
        options.isLocal()
            ? "the state is in RocksDB below %s, with %d MB of memory beside the heap for each subtask"
                .formatted(local.resolve(StreamJob.TEMPORARY), JobState.ROCKSDB_MEGABYTES)
            : "the state is in RocksDB on the TaskManagers' disks (io.tmp.dirs), in their managed"
                + " memory (taskmanager.memory.managed.size), which their slots share");
  }

  /** What holds the state: as asked for, else as before, else the heap. */
  public StateBackend backend() throws IOException {
    StateBackend asked = options.backend();
    return asked != null ? asked : WorkFolder.backend(work).orElse(StateBackend.HEAP);
  }

  private static void practise(StreamJob job, StreamPipeline pipeline, Consumer<String> words)
      throws IOException {
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
