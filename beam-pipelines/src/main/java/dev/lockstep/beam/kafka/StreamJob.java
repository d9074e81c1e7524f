package dev.lockstep.beam.kafka;

import dev.lockstep.beam.flink.FlinkConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Runs a stream on Flink with the settings that its latency was measured with.
 *
 * @param flinkMaster {@code [local]} for Flink in this process, else host:port of a cluster
 * @param parallelism subtasks of each step; no more than the partitions of the inputs
 * @param workFolder where the Flink configuration and checkpoints go
 * @param checkpointEvery how often the state is saved; zero for never
 * @param name by which Flink shows it
 * @param restPort where Flink in this process tells of the job; 0 for any
 * @param backend where its state is; a checkpoint of one isn't read by the other
 */
public record StreamJob(
    String flinkMaster,
    int parallelism,
    Path workFolder,
    Duration checkpointEvery,
    String name,
    int restPort,
    StateBackend backend) {

  /** Of each task manager, for RocksDB's caches and buffers, beyond the heap. */
  private static final String ROCKSDB_MEMORY = "256mb";

  /** One that nobody looks for by its name. */
  public StreamJob(String flinkMaster, int parallelism, Path workFolder, Duration checkpointEvery) {
    this(flinkMaster, parallelism, workFolder, checkpointEvery, "lockstep", 0, StateBackend.HEAP);
  }

  /** The same one, found by a name at a port of this machine. */
  public StreamJob shownAs(String jobName, int port) {
    return new StreamJob(
        flinkMaster, parallelism, workFolder, checkpointEvery, jobName, port, backend);
  }

  /** The same one with its state elsewhere. */
  public StreamJob on(StateBackend other) {
    return new StreamJob(
        flinkMaster, parallelism, workFolder, checkpointEvery, name, restPort, other);
  }

  /** After 1, 2, 4, 8, 16 and then each time 30 seconds. */
  public static final int ATTEMPTS = 12;

  /** Enough for most of what Java compiles, in seconds. */
  private static final int PRACTICE_SEEDS = 20;

  private static final int RECORDS_OF_A_SEED = 500;

  /** Flink in this process. */
  public static final String LOCAL = "[local]";

  /** Whether the job runs in this process. */
  public boolean isLocal() {
    return flinkMaster.equals(LOCAL);
  }

  /**
   * Starts the stream.
   *
   * @throws IOException if the work folder can't be written
   */
  public PipelineResult run(StreamPipeline stream) throws IOException {
    PipelineOptions options = options();
    options.as(KafkaInputOptions.class).setKafkaInputs(stream.inputs().toJson());
    Pipeline pipeline = Pipeline.create(options);
    stream.addTo(pipeline);
    return pipeline.run();
  }

  /**
   * Runs the stream for a moment over records that are made up, on Flink in this process, and waits
   * for its end: Java loads and compiles then what the first requests would wait for. Nothing is
   * read from or written to any server.
   *
   * @throws IOException if the work folder can't be written
   * @throws RuntimeException if the stream can't even do that
   */
  public void practise(StreamPipeline stream) throws IOException {
    Path folder = new Checkpoints(workFolder).temporary().resolve("practice");
    StreamJob practice = new StreamJob(LOCAL, parallelism, folder, Duration.ZERO).on(backend);
    Pipeline pipeline = Pipeline.create(practice.options());
    stream.addPracticeTo(pipeline, PRACTICE_SEEDS, RECORDS_OF_A_SEED);
    pipeline.run().waitUntilFinish();
  }

  /**
   * The newest whole checkpoint in the work folder, from which {@link #run} goes on: a job that was
   * killed or failed comes again with its state and its places in the topics.
   */
  public Optional<Path> latestCheckpoint() throws IOException {
    return new Checkpoints(workFolder).latest();
  }

  /**
   * What fails is begun again, soon at first, then twice as late each time, for four minutes and
   * the time that each try takes; then the job ends. What has run for ten minutes counts as cured.
   */
  private void restarts(Map<String, String> settings) {
    if (checkpointEvery.isZero()) {
      settings.put("restart-strategy.type", "none"); // there is nothing to go on from
      return;
    }
    String prefix = "restart-strategy.exponential-delay.";
    settings.put("restart-strategy.type", "exponential-delay");
    settings.put(prefix + "initial-backoff", "1 s");
    settings.put(prefix + "backoff-multiplier", "2.0");
    settings.put(prefix + "max-backoff", "30 s");
    settings.put(prefix + "jitter-factor", "0.0");
    settings.put(prefix + "reset-backoff-threshold", "10 min");
    settings.put(prefix + "attempts-before-reset-backoff", Integer.toString(ATTEMPTS));
  }

  private void state(Map<String, String> settings) throws IOException {
    settings.put("state.backend.type", backend.flinkName());
    if (backend == StateBackend.ROCKSDB) {
      settings.put("state.backend.incremental", "true");
      settings.put("taskmanager.memory.managed.size", ROCKSDB_MEMORY);
      if (isLocal()) {
        Path files = new Checkpoints(workFolder).temporary().resolve("rocksdb");
        settings.put(
            "state.backend.rocksdb.localdir",
            Files.createDirectories(files).toAbsolutePath().toString());
      }
    }
  }

  PipelineOptions options() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    // Beam has no option for these two. Latency hangs on the first.
    settings.put("execution.buffer-timeout.interval", "1ms");
    settings.put("taskmanager.memory.network.max", "128mb");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("jobmanager.bind-host", "127.0.0.1"); // of its server of files, too
    settings.put("parallelism.default", Integer.toString(parallelism));
    settings.put(
        "io.tmp.dirs", Files.createDirectories(new Checkpoints(workFolder).temporary()).toString());
    state(settings);
    settings.put(
        "state.checkpoints.dir",
        Files.createDirectories(new Checkpoints(workFolder).folder()).toUri().toString());
    restarts(settings);
    if (isLocal() && restPort > 0) {
      settings.put("rest.bind-port", Integer.toString(restPort));
      settings.put("rest.port", Integer.toString(restPort));
    }
    // Beam's own option for it is ignored by Flink in this process.
    latestCheckpoint()
        .ifPresent(c -> settings.put("execution.savepoint.path", c.toUri().toString()));
    Path conf = FlinkConfiguration.write(workFolder.resolve("flink-conf"), settings);
    List<String> args =
        new ArrayList<>(
            List.of(
                "--runner=FlinkRunner",
                "--flinkMaster=" + flinkMaster,
                "--flinkConfDir=" + conf,
                "--streaming=true",
                "--parallelism=" + parallelism,
                // No maxParallelism: Flink's own is 128 key groups up to 85 subtasks, and given one
                // Beam makes as many Kafka readers, which one thread reads one after another, each
                // waiting for data that another has: a second of latency, measured.
                "--objectReuse=true",
                // fasterCopy corrupts state that is mutated in place on the heap backend.
                "--fasterCopy=false",
                "--disableMetrics=true",
                "--autoWatermarkInterval=5",
                "--maxBundleSize=10000",
                // An open bundle holds the watermark, which ordered() waits for.
                "--maxBundleTimeMills=2",
                // Flink in this process knows no detached mode: run() returns when the job ends.
                "--attachedMode=" + isLocal(),
                "--jobName=" + name));
    if (!checkpointEvery.isZero()) {
      args.add("--checkpointingInterval=" + checkpointEvery.toMillis());
      args.add("--finishBundleBeforeCheckpointing=true");
      args.add("--externalizedCheckpointsEnabled=true");
      // A full disk must not stop vectors: the job goes on, and says that it can't save.
      args.add("--failOnCheckpointingErrors=false");
      args.add("--retainExternalizedCheckpointsOnCancellation=true");
    }
    return PipelineOptionsFactory.fromArgs(args.toArray(new String[0])).create();
  }
}
