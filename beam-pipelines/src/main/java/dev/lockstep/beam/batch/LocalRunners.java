package dev.lockstep.beam.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Options of runners in this process, set as a batch needs them. */
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
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("flink-conf.yaml"),
          "taskmanager.memory.managed.size: "
              + managedMemoryMegabytes
              + "m\n"
              + "taskmanager.numberOfTaskSlots: "
              + parallelism
              + "\nrest.bind-address: 127.0.0.1\n"
              + "io.tmp.dirs: "
              + directory.toAbsolutePath()
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Flink needs a folder that can be written, and " + directory + " is none", e);
    }
    return of(
        "--runner=FlinkRunner",
        "--flinkMaster=[local]",
        "--flinkConfDir=" + directory.toAbsolutePath(),
        "--parallelism=" + parallelism,
        "--objectReuse=true",
        "--fasterCopy=false",
        "--streaming=false");
  }

  private static PipelineOptions of(String... args) {
    try {
      return PipelineOptionsFactory.fromArgs(args).withValidation().create();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + CURE, e);
    }
  }
}
