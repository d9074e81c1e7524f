package dev.lockstep.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.beam.kafka.JobState;
import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.beam.kafka.StreamJob;
import dev.lockstep.beam.stream.StreamFeatures;
import dev.lockstep.cli.process.FlinkRest;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.define.Emission;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/**
 * Main class of a process behind {@code ./lockstep bench ids}: {@code BACKEND EMISSION IDS FOLDER
 * JSON}. Runs a stream's own steps on Flink in itself until they hold all ids, measures what those
 * take in memory, saves them once, and writes the figures.
 */
public final class IdsProcess {
  private static final String JOB = "lockstep-ids";

  /** Nobody saves but this process. */
  private static final Duration NEVER = Duration.ofDays(1);

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long PAUSE_MILLIS = 100;
  private static final int COLLECTIONS = 3;
  private static final AtomicLong VECTORS = new AtomicLong();

  private IdsProcess() {}

  private static final class Count extends DoFn<KV<byte[], byte[]>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {
      VECTORS.incrementAndGet();
    }
  }

  /** Measures; see the class. */
  public static void main(String[] arguments) throws Exception {
    ParentWatch.startIfChild();
    StateBackend backend = StateBackend.valueOf(arguments[0]);
    Emission emission = Emission.valueOf(arguments[1]);
    long ids = Long.parseLong(arguments[2]);
    Path folder = Path.of(arguments[3]);
    Path checkpoints = folder.resolve("checkpoints");
    int port = freePort();
    JobState state = new JobState(backend, folder, checkpoints.toUri().toString(), NEVER, null);
    StreamJob job = new StreamJob(StreamJob.LOCAL, 1, state).shownAs(JOB, port);
    Pipeline pipeline = Pipeline.create(job.options());
    pipeline
        .apply("Ids", Read.from(new IdsSource(emission, ids)))
        .apply("Features", StreamFeatures.withoutStore(IdsPlan.of(emission)).asMessages())
        .apply("Count", ParDo.of(new Count()));
    Thread runs = new Thread(pipeline::run, JOB);
    runs.setDaemon(true);
    runs.start();
    FlinkRest rest = new FlinkRest("127.0.0.1:" + port);
    String id = running(rest);

    long before = heapInUse();
    long begin = System.nanoTime();
    IdsSource.begin();
    await("all ids", () -> VECTORS.get() >= ids);
    double fillSeconds = (System.nanoTime() - begin) / 1e9;
    long heap = heapInUse() - before;
    rest.checkpoint(id);
    await("a checkpoint", () -> rest.completedCheckpoint(id).isPresent());
    double saveSeconds = rest.completedCheckpoint(id).orElseThrow().toMillis() / 1e3;
    ObjectNode figures =
        new ObjectMapper()
            .createObjectNode()
            .put("backend", backend.name().toLowerCase(Locale.ROOT))
            .put("ids", ids)
            .put("fill_seconds", fillSeconds)
            .put("heap_bytes_per_id", (double) heap / ids)
            .put("checkpoint_bytes_per_id", (double) size(checkpoints) / ids)
            .put("checkpoint_seconds", saveSeconds)
            .put("disk_bytes_per_id", (double) size(folder.resolve(StreamJob.TEMPORARY)) / ids);
    Files.writeString(Path.of(arguments[4]), figures.toPrettyString() + "\n");
    System.exit(0); // the job runs on
  }

  /** The job's id, once all its tasks run. */
  private static String running(FlinkRest rest) throws Exception {
    await("a job that runs", () -> runs(rest).isPresent());
    return runs(rest).orElseThrow();
  }

  private static Optional<String> runs(FlinkRest rest) throws InterruptedException {
    try {
      for (String id : rest.begun(JOB)) {
        if (rest.runs(id)) {
          return Optional.of(id);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Flink is starting
    }
  }

  private static void await(String what, Callable<Boolean> isSo) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.call()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("waited in vain for " + what);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Bytes of the heap in use, without what waits to be collected. */
  private static long heapInUse() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static long size(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
