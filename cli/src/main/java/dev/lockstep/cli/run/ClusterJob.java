package dev.lockstep.cli.run;

import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.cli.process.FlinkRest;
import dev.lockstep.cli.process.LocalFlinkCluster;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * A job on a Flink cluster: checked before it starts, a batch cancelled when this process is told
 * to end.
 */
public final class ClusterJob implements AutoCloseable {
  /** Brings nothing to a cluster that has this class path, else all of it. */
  public static final String AUTO = "auto";

  /** Brings the whole class path. */
  public static final String CLASS_PATH = "class-path";

  /** Brings nothing. */
  public static final String NONE = "none";

  private static final int END_SECONDS = 20;

  private final String master;
  private final String stage;
  private final int parallelism;
  private final Path work;
  private final String name;
  private final FlinkRest rest;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean hasAnswered;

  /**
   * @param master host:port of the cluster's REST interface
   * @param stage what the job brings: {@link #AUTO}, {@link #CLASS_PATH}, {@link #NONE}, or jars
   *     with commas between
   * @param work for the client's configuration
   * @param what names the job, beside a number of its own
   */
  public ClusterJob(String master, String stage, int parallelism, Path work, String what) {
    this.master = master.replaceFirst("^http://", "");
    this.stage = stage;
    this.parallelism = parallelism;
    this.work = work;
    this.name = what + "-" + UUID.randomUUID().toString().substring(0, 8);
    this.rest = new FlinkRest(this.master);
  }

  /**
   * The runner, if the cluster can take the job.
   *
   * @throws CommandException if it doesn't answer, has too few slots, or is of another version
   */
  public PipelineOptions options() throws IOException, InterruptedException {
    check();
    return LocalRunners.cluster(master, parallelism, jars(), work, name);
  }

  /**
   * Asks the cluster whether it can take the job; writes nothing.
   *
   * @throws CommandException as {@link #options}
   */
  public void check() throws InterruptedException {
    if (!master.matches("[^/:\\s]+:\\d+")) {
      throw new CommandException(
          "[" + master + "] is no address of a Flink cluster",
          "write host:port of its REST interface, such as --flink-master jobmanager:8081");
    }
    FlinkRest.Overview overview = overview();
    hasAnswered = true;
    String ours = minor(EnvironmentInformation.getVersion());
    if (!minor(overview.version()).equals(ours)) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "the cluster at " + master + " runs Flink " + overview.version() + ", this is " + ours,
          "use a cluster of Flink " + ours);
    }
    if (overview.freeSlots() < parallelism) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "the cluster at "
              + master
              + " has "
              + overview.freeSlots()
              + " of its "
              + overview.slots()
              + " slots free, and --parallelism "
              + parallelism
              + " needs as many",
          "give a smaller --parallelism, wait for other jobs to end, or add TaskManagers");
    }
  }

  private FlinkRest.Overview overview() throws InterruptedException {
    try {
      return rest.overview();
    } catch (IOException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "no Flink cluster answers at " + master + " (" + reason(e) + ")",
          "start one (./lockstep flink tries it on this machine), or give host:port of the"
              + " JobManager's REST interface, which is port 8081 by default");
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof ConnectException
        ? "nothing listens there"
        : Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }

  private static String minor(String version) {
    String[] parts = version.split("\\.", -1);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  /** What to bring; empty for the class path. */
  List<Path> jars() throws IOException, InterruptedException {
    boolean hasAll =
        stage.equals(AUTO)
            && rest.setting(LocalFlinkCluster.CLASS_PATH).equals(LocalFlinkCluster.classPathId());
    if (stage.equals(NONE) || hasAll) {
      return List.of(emptyJar()); // without any, Beam would bring all
    }
    if (stage.equals(AUTO) || stage.equals(CLASS_PATH)) {
      return List.of();
    }
    List<Path> jars = new ArrayList<>();
    for (String jar : stage.split(",", -1)) {
      Path path = Path.of(jar.strip());
      if (!Files.isRegularFile(path)) {
        throw new CommandException(
            path + " isn't there, or is no file",
            "give --stage auto, class-path, none, or jars with commas between");
      }
      jars.add(path);
    }
    return jars;
  }

  private Path emptyJar() throws IOException {
    Files.createDirectories(work);
    Path jar = work.resolve("empty.jar");
    new JarOutputStream(Files.newOutputStream(jar), new java.util.jar.Manifest()).close();
    return jar;
  }

  /**
   * What a failure of the run means.
   *
   * @return that the cluster is gone, if it is; else the failure itself
   */
  public RuntimeException explain(RuntimeException failure) throws InterruptedException {
    try {
      rest.overview();
      return failure;
    } catch (IOException e) {
      CommandException gone =
          new CommandException(
              FailureKind.INFRASTRUCTURE,
              "the cluster at " + master + " no longer answers (" + reason(e) + ")",
              "look at the JobManager's log, and run the backfill again; if the job ends"
                  + " nevertheless, it publishes its training set as a whole or not at all");
      gone.addSuppressed(failure);
      return gone;
    }
  }

  /** The job has ended, one way or the other. */
  public void ended() {
    ended.countDown();
  }

  /** Cancels the job if it hasn't ended, and waits for what follows from that. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (hasAnswered && ended.getCount() > 0 && rest.cancel(name) > 0) {
      ended.await(END_SECONDS, TimeUnit.SECONDS);
    }
  }
}
