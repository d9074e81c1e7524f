package dev.lockstep.cli.process;

import java.util.Arrays;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** One process of a {@link LocalFlinkCluster}: Flink's own main class, ended with its parent. */
public final class FlinkProcess {
  /** The process that takes jobs and gives out their tasks. */
  static final String JOB_MANAGER = "jobmanager";

  /** A process that runs tasks. */
  static final String TASK_MANAGER = "taskmanager";

  private FlinkProcess() {}

  /**
   * Runs Flink until the parent ends.
   *
   * @param arguments the role, then Flink's own
   */
  public static void main(String[] arguments) throws Exception {
    ParentWatch.startIfChild();
    String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (arguments[0]) {
      case JOB_MANAGER -> StandaloneSessionClusterEntrypoint.main(own);
      case TASK_MANAGER -> TaskManagerRunner.main(own);
      default -> throw new IllegalArgumentException("no role is called " + arguments[0]);
    }
  }
}
