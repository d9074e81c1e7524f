package dev.lockstep.cli.run;

import dev.lockstep.beam.batch.Backfill;
import dev.lockstep.beam.batch.BackfillListener;
import dev.lockstep.beam.batch.BackfillOptions;
import dev.lockstep.beam.batch.BackfillSummary;
import dev.lockstep.beam.batch.DailyBackfill;
import dev.lockstep.beam.batch.LocalRunners;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.define.Label;
import dev.lockstep.project.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A training set made from a project's history.
 *
 * @param work for Flink's temporary files
 * @param parallelism parallel tasks
 */
public record BackfillRun(Definition definition, History history, Path work, int parallelism) {

  /** Outside the heap, for Flink's sorters. */
  private static final int MANAGED_MEGABYTES = 512;

  /** What computes it. */
  public enum Runner {
    /** Flink in this process. */
    FLINK,
    /** Beam's own, for small histories and debugging. */
    DIRECT
  }

  /**
   * Runs the backfill.
   *
   * @param output the training set's folder
   * @param until rows known at or after this instant are left out; null for all
   * @throws IOException if the work folder can't be made
   */
  public BackfillSummary run(Runner runner, Path output, @Nullable Instant until, boolean replace)
      throws IOException {
    return run(local(runner), output, until, replace, BackfillListener.NONE);
  }

  /** A runner in this process. */
  public PipelineOptions local(Runner runner) {
    return runner == Runner.DIRECT
        ? LocalRunners.direct(parallelism)
        : LocalRunners.flink(parallelism, MANAGED_MEGABYTES, work);
  }

  /**
   * As above, on any runner.
   *
   * @param listener hears how far it is
   */
  public BackfillSummary run(
      PipelineOptions runner,
      Path output,
      @Nullable Instant until,
      boolean replace,
      BackfillListener listener)
      throws IOException {
    return run(
        runner,
        output,
        definition.project().label(),
        BackfillOptions.all().until(until).replacing(replace),
        listener);
  }

  /**
   * As above, as its options say.
   *
   * @param label null for features alone
   */
  public BackfillSummary run(
      PipelineOptions runner,
      Path output,
      @Nullable Label<?> label,
      BackfillOptions options,
      BackfillListener listener)
      throws IOException {
    Files.createDirectories(work);
    Files.createDirectories(output.toAbsolutePath().getParent());
    return atOnceOnly(output, label, options).run(runner, listener);
  }

  /** A backfill at once, for which nothing is made yet. */
  public Backfill atOnceOnly(Path output, @Nullable Label<?> label, BackfillOptions options) {
    return Backfill.of(definition.set(), label, history.files(), output, options);
  }

  /** A backfill by day, for which nothing is made yet. */
  public DailyBackfill dailyOnly(Path root, @Nullable Label<?> label, BackfillOptions options) {
    return new DailyBackfill(definition.set(), label, history.files(), root, options);
  }

  /**
   * One training set a day, each going on from the one before (C12).
   *
   * @param label null for features alone
   */
  public DailyBackfill daily(Path root, @Nullable Label<?> label, BackfillOptions options)
      throws IOException {
    Files.createDirectories(work);
    Files.createDirectories(root);
    return dailyOnly(root, label, options);
  }
}
