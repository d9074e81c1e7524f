package dev.lockstep.cli.command;

import dev.lockstep.cli.run.ClusterJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Flink cluster that a batch runs on, if it is to. */
final class ClusterOptions {
  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LOCKSTEP_FLINK_MASTER}",
      description =
          "Run on this Flink cluster, by its REST address; default LOCKSTEP_FLINK_MASTER, else in"
              + " this process."
              + " History and output must be on a file system that all its machines see.")
  @Nullable String master;

  @Option(
      names = "--stage",
      paramLabel = "auto|class-path|none|JAR,...",
      defaultValue = ClusterJob.AUTO,
      description =
          "What the job brings to the cluster: all classes of this command, none, or jars;"
              + " ${DEFAULT-VALUE} brings all, but to a cluster of `lockstep flink`.")
  String stage = ClusterJob.AUTO;

  boolean isGiven() {
    return master != null && !master.isBlank();
  }
}
