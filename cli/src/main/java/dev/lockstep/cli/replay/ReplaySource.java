package dev.lockstep.cli.replay;

import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import java.nio.file.Path;

/**
 * What a replay reads, and how.
 *
 * @param work a folder for temporary files, the caller's to delete
 * @param runBytes about what is held in memory of events that are put in order
 */
public record ReplaySource(
    FeaturePlan plan, History history, StreamTopics topics, Path work, long runBytes) {
  private static final long MOST_BYTES = 64L << 20;

  /** With an eighth of the heap for putting in order, at most 64 MB. */
  public ReplaySource(FeaturePlan plan, History history, StreamTopics topics, Path work) {
    this(plan, history, topics, work, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8));
  }
}
