package dev.lockstep.cli.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A Flink cluster of separate processes on this machine: a JobManager and TaskManagers, which end
 * with this process. They listen on the loopback address only, and have this process's class path:
 * a job need not bring its jars.
 */
public final class LocalFlinkCluster implements AutoCloseable {
  /** The setting that says which class path its processes have. */
  public static final String CLASS_PATH = "lockstep.class-path";

  static final String LOOPBACK = "127.0.0.1";

  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final ChildJvm jobManager;
  private final List<ChildJvm> taskManagers = new ArrayList<>();
  private final String master;
  private final FlinkSettings settings;
  private final Path conf;
  private final Path logs;
  private final Cleanup cleanup;

  private LocalFlinkCluster(
      ChildJvm jobManager,
      String master,
      FlinkSettings settings,
      Path conf,
      Path logs,
      Cleanup cleanup) {
    this.jobManager = jobManager;
    this.master = master;
    this.settings = settings;
    this.conf = conf;
    this.logs = logs;
    this.cleanup = cleanup;
  }

  /**
   * Starts the processes and returns when all slots are there.
   *
   * @param folder for configuration and temporary files
   * @param logs a folder for the logs
   * @param cleanup ends them
   * @throws ChildFailedException if they can't start
   */
  public static LocalFlinkCluster start(
      FlinkSettings settings, Path folder, Path logs, Cleanup cleanup)
      throws IOException, InterruptedException {
    int restPort = freePort();
    Path conf = folder.toAbsolutePath().resolve("conf");
    settings.write(conf, folder.toAbsolutePath().resolve("tmp"), freePort(), restPort);
    ChildJvm jobManager =
        cleanup.add(
            ChildJvm.start(
                start("jobmanager", FlinkProcess.JOB_MANAGER, List.of("-Xmx384m"), conf), logs));
    LocalFlinkCluster cluster =
        new LocalFlinkCluster(jobManager, LOOPBACK + ":" + restPort, settings, conf, logs, cleanup);
    for (int t = 1; t <= settings.taskManagers(); t++) {
      cluster.taskManagers.add(cluster.startTaskManager(t));
    }
    cluster.awaitSlots(settings.taskManagers() * settings.slots());
    return cluster;
  }

  /** Stands for this process's class path: a cluster that names it has all a job needs. */
  public static String classPathId() {
    return UUID.nameUUIDFromBytes(
            System.getProperty("java.class.path").getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private ChildJvm startTaskManager(int number) throws IOException {
    return cleanup.add(
        ChildJvm.start(
            start(
                "taskmanager-" + number,
                FlinkProcess.TASK_MANAGER,
                settings.taskManagerJava(),
                conf),
            logs));
  }

  /**
   * Starts another TaskManager for each that has ended, as a cluster's resource manager does.
   *
   * @return what ended, for people
   * @throws ChildFailedException if the JobManager has ended
   */
  public List<String> replaceLost() throws IOException {
    jobManager.checkAlive();
    List<String> lost = new ArrayList<>();
    for (int t = 0; t < taskManagers.size(); t++) {
      try {
        taskManagers.get(t).checkAlive();
      } catch (ChildFailedException e) {
        lost.add(String.valueOf(e.getMessage()));
        taskManagers.set(t, startTaskManager(t + 1));
      }
    }
    return lost;
  }

  private static ChildJvm.Start start(String name, String role, List<String> java, Path conf) {
    List<String> options = new ArrayList<>(java);
    options.add("-XX:+UseSerialGC");
    options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    options.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    options.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss");
    return new ChildJvm.Start(
        name,
        System.getProperty("java.class.path"),
        options,
        FlinkProcess.class.getName(),
        List.of(role, "--configDir", conf.toString()));
  }

  /** A port that is free now; somebody else may take it before Flink does, which then says so. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }

  private void awaitSlots(int slots) throws InterruptedException {
    FlinkRest rest = new FlinkRest(master);
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    String last = "nothing answers";
    while (System.nanoTime() < deadline) {
      checkAlive();
      try {
        FlinkRest.Overview overview = rest.overview();
        if (overview.slots() >= slots) {
          return;
        }
        last = overview.slots() + " of " + slots + " slots are there";
      } catch (IOException e) {
        last = "its REST interface doesn't answer yet (" + e + ")";
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    throw new ChildFailedException(
        "the Flink cluster wasn't ready within " + START_TIMEOUT.toSeconds() + " s: " + last);
  }

  /** Where jobs are to be brought: {@code host:port}. */
  public String master() {
    return master;
  }

  /** The TaskManagers' process ids. */
  public List<Long> taskManagerPids() {
    return taskManagers.stream().map(ChildJvm::pid).toList();
  }

  /** Checks that all processes are running. */
  public void checkAlive() {
    jobManager.checkAlive();
    taskManagers.forEach(ChildJvm::checkAlive);
  }

  @Override
  public void close() {
    taskManagers.forEach(ChildJvm::close);
    jobManager.close();
  }
}
