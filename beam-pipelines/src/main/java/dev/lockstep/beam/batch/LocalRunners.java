package dev.lockstep.beam.batch;

import dev.lockstep.beam.flink.FlinkConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Options of runners, in this process and beyond, set as a batch needs them. */
public final class LocalRunners {
  private static final String CURE =
      "; put the runner (beam-runners-direct-java or beam-runners-flink-1.19) on the class path";

  private LocalRunners() {}

  /** Beam's Direct runner, without the checks that are for testing other people's transforms. */
  public static PipelineOptions direct(int parallelism) {
    return of(
        "--runner=DirectRunner",
        "--targetParallelism=" + parallelism,
        "--enforceImmutability=false",
        "--enforceEncodability=false");
  }

  /**
   * An embedded Flink.
   *
   * @param managedMemoryMegabytes outside the Java heap, shared by all sorters
   * @param directory for its configuration and what it spills; made if missing
   */
  public static PipelineOptions flink(int parallelism, int managedMemoryMegabytes, Path directory) {
    writeConfiguration(
        directory,
        Map.of(
            "taskmanager.memory.managed.size",
            managedMemoryMegabytes + "m",
            "taskmanager.numberOfTaskSlots",
            Integer.toString(parallelism),
            "rest.bind-address",
            "127.0.0.1",
            "jobmanager.bind-host",
            "127.0.0.1", // of its server of files, too
            "io.tmp.dirs",
            directory.toAbsolutePath().toString(),
            // What goes from task to task stays on this machine, mostly in memory.
            "taskmanager.network.batch-shuffle.compression.enabled",
            "false"));
    return of(
        "--runner=FlinkRunner",
        "--flinkMaster=[local]",
        "--flinkConfDir=" + directory.toAbsolutePath(),
        "--parallelism=" + parallelism,
        "--objectReuse=true",
        "--fasterCopy=false",
        "--streaming=false");
  }

  /**
   * A Flink cluster. The job's failures come back as the tasks threw them; whether it begins again
   * after one is the cluster's own setting.
   *
   * @param master host:port of its REST interface
   * @param jars what the job brings to the cluster; empty for the whole class path
   * @param directory for the client's configuration; made if missing
   * @param jobName what the cluster shows
   */
  public static PipelineOptions cluster(
      String master, int parallelism, List<Path> jars, Path directory, String jobName) {
    writeConfiguration(directory, Map.of());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=FlinkRunner",
                "--flinkMaster=" + master,
                "--flinkConfDir=" + directory.toAbsolutePath(),
                "--parallelism=" + parallelism,
                "--attachedMode=true",
                "--jobName=" + jobName,
                "--objectReuse=true",
                "--fasterCopy=false",
                "--streaming=false"));
    if (!jars.isEmpty()) {
      arguments.add(
          "--filesToStage="
              + String.join(",", jars.stream().map(j -> j.toAbsolutePath().toString()).toList()));
    }
    return of(arguments.toArray(String[]::new));
  }

  private static void writeConfiguration(Path directory, Map<String, String> settings) {
    try {
      FlinkConfiguration.write(directory, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Flink needs a folder that can be written, and " + directory + " is none", e);
    }
  }

  private static PipelineOptions of(String... args) {
    try {
      return PipelineOptionsFactory.fromArgs(args).withValidation().create();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + CURE, e);
    }
  }
}
