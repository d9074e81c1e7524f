package dev.lockstep.beam.kafka;

import dev.lockstep.beam.flink.FlinkConfiguration;
import dev.lockstep.beam.stream.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * @param state where its state is, and where it comes from
 * @param jars what a cluster is sent; empty for the whole class path
 * @param name by which Flink shows it
 * @param restPort where Flink in this process tells of the job; 0 for any
 */
public record StreamJob(
    String flinkMaster,
    int parallelism,
    JobState state,
    List<Path> jars,
    String name,
    int restPort) {

  public StreamJob {
    jars = List.copyOf(jars);
  }

  /** One that nobody looks for by its name, and that brings its whole class path. */
  public StreamJob(String flinkMaster, int parallelism, JobState state) {
    this(flinkMaster, parallelism, state, List.of(), "lockstep", 0);
  }

  /**
   * The same one, which sends a cluster these jars only; all of its class path if there are none.
   */
  public StreamJob bringing(List<Path> brought) {
    return new StreamJob(flinkMaster, parallelism, state, brought, name, restPort);
  }

  /** The same one, found by a name at a port of this machine. */
  public StreamJob shownAs(String jobName, int port) {
    return new StreamJob(flinkMaster, parallelism, state, jars, jobName, port);
  }

  /** The folder of Flink's temporary files in that of {@link JobState#local}. */
  public static final String TEMPORARY = "tmp";

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
   * @throws IOException if the local folder can't be written
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
   * @throws IOException if the local folder can't be written
   * @throws RuntimeException if the stream can't even do that
   */
  public void practise(StreamPipeline stream) throws IOException {
    Path folder = state.local().resolve(TEMPORARY).resolve("practice");
    JobState nowhere = JobState.inFolder(state.backend(), folder);
    Pipeline pipeline = Pipeline.create(new StreamJob(LOCAL, parallelism, nowhere).options());
    stream.addPracticeTo(pipeline, PRACTICE_SEEDS, RECORDS_OF_A_SEED);
    pipeline.run().waitUntilFinish();
    Tally.forgetAll();
  }

  /**
   * What fails is begun again, soon at first, then twice as late each time, for four minutes and
   * the time that each try takes; then the job ends. What has run for ten minutes counts as cured.
   */
  private void restarts(Map<String, String> settings) {
    if (state.every().isZero()) {
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

  /**
   * RocksDB's memory is one bounded piece for all cells of a subtask, which are some dozens: small
   * buffers, or a few busy cells would leave none to the others and be written to the disk at once.
   * The filters are for ids, of which most are new. Its files are where temporary ones are.
   */
  private void backend(Map<String, String> settings) {
    settings.put("state.backend.type", state.backend().flinkName());
    if (state.backend() == StateBackend.HEAP) {
      return;
    }
    settings.put("state.backend.incremental", "true");
    String prefix = "state.backend.rocksdb.";
    settings.put(prefix + "memory.managed", "true");
    settings.put(prefix + "writebuffer.size", "8mb");
    settings.put(prefix + "use-bloom-filter", "true");
    settings.put(
        "taskmanager.memory.managed.size", parallelism * JobState.ROCKSDB_MEGABYTES + "mb");
  }

  /**
   * The job's settings, as the runner takes them; writes Flink's into the local folder.
   *
   * @throws IOException if that can't be written
   */
  public PipelineOptions options() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    // Beam has no option for these two. Latency hangs on the first.
    settings.put("execution.buffer-timeout.interval", "1ms");
    settings.put("taskmanager.memory.network.max", "128mb");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("jobmanager.bind-host", "127.0.0.1"); // of its server of files, too
    settings.put("parallelism.default", Integer.toString(parallelism));
    settings.put(
        "io.tmp.dirs", Files.createDirectories(state.local().resolve(TEMPORARY)).toString());
    settings.put("state.checkpoints.dir", state.checkpoints());
    backend(settings);
    restarts(settings);
    if (isLocal() && restPort > 0) {
      settings.put("rest.bind-port", Integer.toString(restPort));
      settings.put("rest.port", Integer.toString(restPort));
    }
    // Beam's own option for it is ignored by Flink in this process.
    String from = state.from();
    if (from != null) {
      settings.put("execution.savepoint.path", from);
    }
    Path conf = FlinkConfiguration.write(state.local().resolve("flink-conf"), settings);
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
    if (!state.every().isZero()) {
      args.add("--checkpointingInterval=" + state.every().toMillis());
      args.add("--finishBundleBeforeCheckpointing=true");
      args.add("--externalizedCheckpointsEnabled=true");
      // A full disk must not stop vectors: the job goes on, and says that it can't save.
      args.add("--failOnCheckpointingErrors=false");
      args.add("--retainExternalizedCheckpointsOnCancellation=true");
    }
    if (from != null && !isLocal()) {
      args.add("--savepointPath=" + from);
    }
    if (!jars.isEmpty()) {
      args.add(
          "--filesToStage="
              + String.join(",", jars.stream().map(j -> j.toAbsolutePath().toString()).toList()));
    }
    return PipelineOptionsFactory.fromArgs(args.toArray(new String[0])).create();
  }
}
