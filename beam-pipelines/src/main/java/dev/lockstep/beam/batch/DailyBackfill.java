package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.PlanReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A training set by days (UTC), each going on from the snapshot of the day before: a nightly run
 * reads what is new, and a backfill of many days can be stopped and resumed at any of them.
 *
 * <pre>
 * ROOT/date=2001-01-07/part-00000.parquet ...   the requests whose row became whole on that day
 *                      manifest.json
 *                      _state/                  the snapshot at the day's end
 * </pre>
 *
 * <p>A day's rows and its snapshot appear together, by one rename.
 *
 * @param label null for features alone; where it comes later than its request, the request's row is
 *     in the day on which it is final (L6)
 * @param root the folder of all days
 * @param options of each day; what they say of times and states is replaced
 */
public record DailyBackfill(
    FeatureSet<?> set,
    @Nullable Label<?> label,
    Map<String, ? extends List<Path>> files,
    Path root,
    BackfillOptions options) {
  private static final String PREFIX = "date=";

  /** How many days keep their snapshot, the newest first: enough to do yesterday again. */
  private static final int STATES_KEPT = 3;

  /** Of features alone. */
  public DailyBackfill(
      FeatureSet<?> set,
      Map<String, ? extends List<Path>> files,
      Path root,
      BackfillOptions options) {
    this(set, null, files, root, options);
  }

  /** Hears of each day. */
  public interface Listener {
    /**
     * A day is there.
     *
     * @param summary of its run; null where it was there already
     */
    void day(LocalDate day, Path folder, @Nullable BackfillSummary summary);
  }

  /** The folder of a day. */
  public Path folder(LocalDate day) {
    return root.resolve(PREFIX + day);
  }

  /**
   * Does the days that aren't done, in order.
   *
   * @param first the first day; it goes on from the day before if that is there, else it begins:
   *     what came before counts as history, and gets no rows
   * @param redo whether days that are done are done again
   * @param runner gives the options of each run
   * @throws SnapshotException if a day can't go on from the one before
   */
  public void run(
      LocalDate first,
      LocalDate last,
      boolean redo,
      Supplier<PipelineOptions> runner,
      Listener listener) {
    FeaturePlan plan = label == null ? FeaturePlan.of(set) : FeaturePlan.of(set, label);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      Path before = folder(day.minusDays(1));
      boolean goesOn = Files.isRegularFile(before.resolve(Manifest.FILE));
      if (goesOn) {
        requireLabel(plan, before, Manifest.read(before));
      }
      if (!redo && isDone(plan, day, goesOn ? before : null)) {
        listener.day(day, folder(day), null);
        continue;
      }
      BackfillSummary summary = ofDay(day, goesOn ? before : null).run(runner.get());
      forgetStates(day.minusDays(STATES_KEPT));
      listener.day(day, folder(day), summary);
    }
  }

  /**
   * What would be done.
   *
   * @param days that aren't done, or whose day before would be done again
   * @param looked what the first of them finds; null where none is to be done
   */
  public record Pending(List<LocalDate> days, Backfill.@Nullable Looked looked) {}

  /**
   * Checks as {@link #run} does before its first day, and says which days it would do; writes
   * nothing.
   *
   * @throws SnapshotException as {@link #run}
   */
  public Pending check(LocalDate first, LocalDate last, boolean redo) {
    FeaturePlan plan = label == null ? FeaturePlan.of(set) : FeaturePlan.of(set, label);
    List<LocalDate> days = new ArrayList<>();
    Backfill.Looked looked = null;
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      if (days.isEmpty()) {
        Path before = folder(day.minusDays(1));
        boolean goesOn = Files.isRegularFile(before.resolve(Manifest.FILE));
        if (goesOn) {
          requireLabel(plan, before, Manifest.read(before));
        }
        if (redo || !isDone(plan, day, goesOn ? before : null)) {
          looked = ofDay(day, goesOn ? before : null).check();
          days.add(day);
        }
      } else if (redo || !isDone(plan, day, null) || hasState(day)) {
        days.add(day); // it went on from one that is done again
      }
    }
    return new Pending(days, looked);
  }

  /** A day's backfill, going on from the day before where that is there. */
  private Backfill ofDay(LocalDate day, @Nullable Path before) {
    if (before != null && !hasState(day.minusDays(1))) {
      throw new SnapshotException(
          before
              + " has no snapshot any more to go on from: the last "
              + STATES_KEPT
              + " days keep theirs\n    cure: do a later day again, or all of them from the first"
              + " on, in another folder",
          null);
    }
    BackfillOptions ofDay =
        options
            .from(before == null ? startOf(day) : null)
            .until(startOf(day.plusDays(1)))
            .keepingState(before)
            .replacing(true);
    return Backfill.of(set, label, files, folder(day), ofDay);
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Whether a day is there, of this definition, and went on from the day before as it is now. */
  private boolean isDone(FeaturePlan plan, LocalDate day, @Nullable Path before) {
    Path folder = folder(day);
    if (!Files.isRegularFile(folder.resolve(Manifest.FILE))) {
      return false;
    }
    Manifest manifest = Manifest.read(folder);
    if (!manifest.fingerprint().equals(plan.fingerprint())) {
      throw new SnapshotException(
          folder
              + " holds the day of another definition (fingerprint "
              + manifest.fingerprint()
              + ", now "
              + plan.fingerprint()
              + ")\n    cure: give another folder, or replace the days from the first on",
          null);
    }
    requireLabel(plan, folder, manifest);
    if (before == null || !hasState(day) || !hasState(day.minusDays(1))) {
      return true; // older than what snapshots are kept of: nothing can have changed before it
    }
    String run = Snapshot.read(SnapshotFolder.in(before)).run();
    return run.equals(Snapshot.read(SnapshotFolder.in(folder)).goesOnFrom());
  }

  /** Days of one folder are read as one set: they have one label, or none. */
  private static void requireLabel(FeaturePlan plan, Path folder, Manifest manifest) {
    if (!plan.labelText().equals(manifest.labelText())) {
      throw new SnapshotException(
          folder
              + " holds the day of another label\n  there: ["
              + PlanReading.of(String.valueOf(manifest.labelText()))
              + "]\n  now:   ["
              + PlanReading.of(plan.labelText())
              + "]\n    cure: give another folder, or go back to the label of these days",
          null);
    }
  }

  private boolean hasState(LocalDate day) {
    return Files.isRegularFile(SnapshotFolder.in(folder(day)).manifest());
  }

  private void forgetStates(LocalDate day) {
    Path states = SnapshotFolder.in(folder(day)).folder();
    if (!Files.isDirectory(states)) {
      return;
    }
    try (Stream<Path> files = Files.walk(states)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new SnapshotException(
          "the old snapshot " + states + " can't be removed (" + e + "); remove it by hand", e);
    }
  }
}
