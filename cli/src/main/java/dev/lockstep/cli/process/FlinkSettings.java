package dev.lockstep.cli.process;

import dev.lockstep.beam.flink.FlinkConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How large a {@link LocalFlinkCluster} is.
 *
 * @param taskManagers processes that run tasks
 * @param slots parallel tasks of each
 * @param heapMegabytes Java heap of each, for the tasks
 * @param managedMegabytes memory of each outside the heap, for its sorters
 */
public record FlinkSettings(int taskManagers, int slots, int heapMegabytes, int managedMegabytes) {
  private static final int FRAMEWORK_MEGABYTES = 128;
  private static final int NETWORK_MEGABYTES = 128;
  private static final int METASPACE_MEGABYTES = 256;

  /** Of so many processes with so many tasks each, with the memory that a laptop has. */
  public static FlinkSettings of(int taskManagers, int slots) {
    return new FlinkSettings(taskManagers, slots, 768, 256);
  }

  /** Java's options for a TaskManager: the same sizes as Flink is told. */
  List<String> taskManagerJava() {
    int heap = heapMegabytes + FRAMEWORK_MEGABYTES;
    return List.of(
        "-Xmx" + heap + "m",
        "-XX:MaxDirectMemorySize=" + (2 * FRAMEWORK_MEGABYTES + NETWORK_MEGABYTES) + "m",
        "-XX:MaxMetaspaceSize=" + METASPACE_MEGABYTES + "m");
  }

  /**
   * Writes Flink's configuration.
   *
   * @param rpcPort the JobManager's, for the TaskManagers
   * @param restPort the JobManager's, for those who bring jobs
   */
  void write(Path folder, Path temporary, int rpcPort, int restPort) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String key :
        List.of(
            "jobmanager.rpc.address",
            "jobmanager.bind-host",
            "rest.address",
            "rest.bind-address",
            "taskmanager.host",
            "taskmanager.bind-host")) {
      settings.put(key, LocalFlinkCluster.LOOPBACK);
    }
    settings.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    settings.put("rest.port", Integer.toString(restPort));
    settings.put("rest.bind-port", Integer.toString(restPort));
    settings.put("io.tmp.dirs", temporary.toString());
    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
    memory(settings);
    // The jars that a job brings are those that the processes were started with.
    settings.put("classloader.resolve-order", "parent-first");
    // A job that was cancelled or failed must not hold its slots for long.
    settings.put("task.cancellation.timeout", "20000");
    settings.put("slot.request.timeout", "60000");
    // A job that loses a TaskManager begins again: Flink's default for a batch is to fail.
    settings.put("restart-strategy.type", "fixed-delay");
    settings.put("restart-strategy.fixed-delay.attempts", "2");
    settings.put("restart-strategy.fixed-delay.delay", "2 s");
    settings.put("heartbeat.interval", "2000");
    settings.put("web.submit.enable", "false");
    settings.put(LocalFlinkCluster.CLASS_PATH, LocalFlinkCluster.classPathId());
    Files.createDirectories(temporary);
    FlinkConfiguration.write(folder, settings);
  }

  /** All of them: a TaskManager that isn't started by Flink's scripts computes none. */
  private void memory(Map<String, String> settings) {
    settings.put("taskmanager.cpu.cores", slots + ".0");
    String prefix = "taskmanager.memory.";
    settings.put(prefix + "task.heap.size", heapMegabytes + "m");
    settings.put(prefix + "task.off-heap.size", FRAMEWORK_MEGABYTES + "m");
    settings.put(prefix + "framework.heap.size", FRAMEWORK_MEGABYTES + "m");
    settings.put(prefix + "framework.off-heap.size", FRAMEWORK_MEGABYTES + "m");
    settings.put(prefix + "managed.size", managedMegabytes + "m");
    settings.put(prefix + "network.min", NETWORK_MEGABYTES + "m");
    settings.put(prefix + "network.max", NETWORK_MEGABYTES + "m");
    settings.put(prefix + "jvm-metaspace.size", METASPACE_MEGABYTES + "m");
    settings.put(prefix + "jvm-overhead.min", "128m");
    settings.put(prefix + "jvm-overhead.max", "128m");
  }
}
