package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.CarriedColumns;
import dev.lockstep.beam.snapshot.HeldLabel;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.snapshot.TopicPositions;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/** A training set made of Parquet history: definitions and files in, a published folder out. */
public final class Backfill {
  private final Definition definition;
  private final FeaturePlan plan;
  private final Map<String, ? extends List<Path>> files;
  private final List<Path> spine;
  private final boolean shardsByRows;
  private final TrainingSetFolder folder;

  /** What it goes on from; null where it begins. */
  private final @Nullable Snapshot before;

  private Backfill(
      Definition definition,
      Map<String, ? extends List<Path>> files,
      BackfillOptions options,
      TrainingSetFolder folder,
      @Nullable Snapshot before) {
    this.spine = options.spine();
    this.shardsByRows = options.shardsByRows() && before == null;
    this.definition = definition;
    this.plan = definition.plan();
    this.files = files;
    this.folder = folder;
    this.before = before;
  }

  /**
   * A backfill, ready to run.
   *
   * @param label null for features alone
   * @param files Parquet files, folders of them or patterns (see {@link HistoryFiles}), by name of
   *     the source or table; an empty list for an empty history
   * @param output the training set's folder, which must not be there yet unless it is replaced
   * @throws dev.lockstep.define.DefinitionException with all mistakes of the definition
   */
  public static Backfill of(
      FeatureSet<?> set,
      @Nullable Label<?> label,
      Map<String, ? extends List<Path>> files,
      Path output,
      BackfillOptions options) {
    TrainingSetFolder folder =
        new TrainingSetFolder(
            output.toAbsolutePath().toString(),
            UUID.randomUUID().toString().substring(0, 8),
            options.replace());
    Definition alone = new Definition(set, label, options.settings(), null, Long.MAX_VALUE);
    if (!options.keepsState()) {
      return new Backfill(alone, files, options, folder, null);
    }
    if (!options.spine().isEmpty()) {
      throw new SnapshotException(
          "a snapshot goes on with the requests' events, not with a spine\n    cure: leave out one"
              + " of the two",
          null);
    }
    if (options.settings().until() == null) {
      throw new SnapshotException("a snapshot needs its cut\n    cure: say until when", null);
    }
    Path goesOnFrom = options.goesOnFrom();
    SnapshotFolder after = SnapshotFolder.in(folder.temporary());
    if (goesOnFrom == null) {
      StateFolders begins = new StateFolders(null, Long.MIN_VALUE, after);
      return new Backfill(alone.with(begins), files, options, folder, null);
    }
    SnapshotFolder held = SnapshotFolder.in(goesOnFrom.toAbsolutePath());
    Snapshot before = Snapshot.read(held);
    StateFolders goesOn = new StateFolders(held, Micros.of(before.cut()), after);
    Definition definition = alone.with(before.shards(), Long.MAX_VALUE).with(goesOn);
    Backfill backfill = new Backfill(definition, files, options, folder, before);
    before.requireOf(backfill.plan, held.folder());
    before.requireLabel(awaited(definition, backfill.plan), held.folder());
    return backfill;
  }

  /** The definition of the label that a snapshot has to hold; null where none waits. */
  private static @Nullable String awaited(Definition definition, FeaturePlan plan) {
    return definition.awaited(plan) == null ? null : plan.labelText();
  }

  /**
   * Checks files and folder, computes, and publishes.
   *
   * @throws dev.lockstep.beam.read.HistoryFileException if a file isn't what the plan reads; before
   *     anything runs
   * @throws TrainingSetException if the folder can't be made or is there already; before anything
   *     runs
   */
  public BackfillSummary run(PipelineOptions options) {
    return run(options, BackfillListener.NONE);
  }

  /**
   * As {@link #run(PipelineOptions)}; tells how far it is.
   *
   * @param listener hears it on another thread, until this returns
   */
  public BackfillSummary run(PipelineOptions options, BackfillListener listener) {
    long start = System.nanoTime();
    ChosenHistory history = ChosenHistory.of(definition, plan, files, spine, before);
    Manifest manifest = HistoryRecord.manifest(definition, plan, history, folder.run());
    folder.begin();
    Progress progress = Progress.NONE;
    try {
      progress = Progress.in(folder.progress());
      StateFolders states = definition.states();
      if (states != null) {
        makeFolder(states.after());
      }
      Pipeline pipeline = Pipeline.create(options);
      build(pipeline, history, manifest, progress);
      PipelineResult.State state;
      try (Progress.Watch watch =
          progress.watch(listener, history.rows(), history.requests(plan))) {
        state = pipeline.run().waitUntilFinish();
      }
      if (state != PipelineResult.State.DONE) {
        throw new TrainingSetException("the backfill ended as " + state, null);
      }
    } catch (IOException e) {
      TrainingSetException failure =
          new TrainingSetException(folder.progress() + " can't be made (" + e + ")", e);
      abandon(progress, failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      abandon(progress, e);
      throw e;
    }
    remove(progress);
    Manifest written = Manifest.read(folder.path());
    return new BackfillSummary(
        written.rows(),
        written.total("late"),
        written.total("duplicates"),
        written.total("deadLetters"),
        (System.nanoTime() - start) / 1e9,
        written,
        spine.isEmpty() ? null : history.outside(plan, written));
  }

  /**
   * What a backfill finds before it begins.
   *
   * @param files that are there and are what the plan reads
   * @param rows of these
   * @param remarks what is assumed of them or left out, in words
   */
  public record Looked(int files, long rows, List<String> remarks) {}

  /**
   * Checks files and folder as a run does before anything runs, but for the files' sums; writes
   * nothing.
   *
   * @throws dev.lockstep.beam.read.HistoryFileException as {@link #run(PipelineOptions)}
   * @throws TrainingSetException as {@link #run(PipelineOptions)}
   */
  public Looked check() {
    Looked looked = ChosenHistory.look(plan, files, spine);
    folder.check();
    return looked;
  }

  private static void remove(Progress progress) {
    try {
      progress.remove();
    } catch (IOException e) {
      throw new TrainingSetException(progress.folder() + " can't be removed; do it by hand", e);
    }
  }

  private void makeFolder(SnapshotFolder states) {
    try {
      Files.createDirectories(states.folder());
    } catch (IOException e) {
      throw new TrainingSetException(states.path() + " can't be made (" + e + ")", e);
    }
  }

  /** What is published with the training set: all files read by now, and the cut. */
  private @Nullable Snapshot snapshot(
      List<Manifest.SourceFile> read, Map<String, Long> modified, int shards) {
    Instant cut = definition.settings().until();
    if (definition.states() == null || cut == null) {
      return null;
    }
    List<Manifest.SourceFile> all = new ArrayList<>(before == null ? List.of() : before.files());
    all.addAll(read);
    String label = awaited(definition, plan);
    return new Snapshot(
        plan.fingerprint(),
        plan.text(),
        cut,
        shards,
        all,
        before == null ? TopicPositions.none() : before.positions(),
        CarriedColumns.of(plan),
        folder.run(),
        before == null ? null : before.run(),
        label == null ? null : new HeldLabel(label, Map.of()),
        modified);
  }

  /** As many as suit the rows, whatever the parallelism: the same files come of it. */
  private int shards(ChosenHistory history) {
    int spaces = Math.max(1, definition.layout().spaces().size());
    return shardsByRows ? Shards.forRows(history.rows() * spaces) : definition.shards();
  }

  /** Removes what was written, as far as nobody writes on; the next run removes the rest. */
  private void abandon(Progress progress, Throwable failure) {
    try {
      folder.abandon();
      progress.remove();
    } catch (IOException e) {
      failure.addSuppressed(e); // as where a bundle that hasn't heard of it leaves another mark
    }
  }

  private void build(
      Pipeline pipeline, ChosenHistory history, Manifest manifest, Progress progress) {
    KvCoder<String, Long> counted = KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
    BatchFeatures.Result<KV<String, Long>> result =
        new BatchFeatures(definition.with(shards(history), history.horizonMicros()))
            .marking(progress)
            .withWaiting(waiting())
            .read(pipeline, history)
            .compute(parts(history, progress), counted);
    PCollection<KV<String, Long>> rejected =
        result
            .rejected()
            .apply(
                "RejectedByKind",
                WithKeys.<String, dev.lockstep.beam.read.Rejected>of(
                        r -> WriteRejected.fileOf(r.kind()))
                    .withKeyType(TypeDescriptors.strings()))
            .apply("RejectedFiles", GroupByKey.create())
            .apply("WriteRejected", ParDo.of(new WriteRejected(folder)))
            .setCoder(counted);
    // One count that is always there: also an empty history is published.
    PCollection<KV<String, Long>> begun =
        pipeline.apply("Begun", Create.of(begun(history)).withCoder(counted));
    PCollectionList.of(result.counts())
        .and(result.rows())
        .and(rejected)
        .and(begun)
        .apply("AllCounts", Flatten.pCollections())
        .apply(
            "Together",
            WithKeys.<Integer, KV<String, Long>>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Counted", GroupByKey.create())
        .apply(
            "Publish",
            ParDo.of(
                new Publish(
                    folder,
                    manifest,
                    snapshot(manifest.sourceFiles(), history.modified(), shards(history)))));
  }

  /** What waits for its label in the snapshot before. */
  private Map<Long, Long> waiting() {
    HeldLabel held = before == null ? null : before.label();
    return held == null ? Map.of() : held.waiting();
  }

  private RowOutput<KV<String, Long>> parts(ChosenHistory history, Progress progress) {
    TrainingParts parts = new TrainingParts(folder, progress);
    StateFolders states = definition.states();
    return states == null || definition.awaited(plan) == null
        ? parts
        : new WaitingParts(parts, states.after(), history.horizonMicros());
  }

  private static List<KV<String, Long>> begun(ChosenHistory history) {
    List<KV<String, Long>> counts = new ArrayList<>(List.of(KV.of(Tally.VECTORS, 0L)));
    history.skipped().drain().forEach((name, count) -> counts.add(KV.of(name, count)));
    return counts;
  }
}
