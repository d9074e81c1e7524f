package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.RunLock;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntPredicate;
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
  private final TrainingSetFolder folder;

  /** What it goes on from; null where it begins. */
  private final @Nullable Snapshot before;

  private Backfill(
      Definition definition,
      Map<String, ? extends List<Path>> files,
      TrainingSetFolder folder,
      @Nullable Snapshot before) {
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
   * @param files Parquet files by name of the source or table; an empty list for an empty history
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
    if (!options.keepsState()) {
      return new Backfill(
          new Definition(set, label, options.settings(), null), files, folder, null);
    }
    if (label != null) {
      throw new SnapshotException(
          "a snapshot holds no label, which may become known on a later day\n    cure: backfill the"
              + " features alone (--no-label), or all days at once",
          null);
    }
    if (options.settings().until() == null) {
      throw new SnapshotException("a snapshot needs its cut\n    cure: say until when", null);
    }
    Path goesOnFrom = options.goesOnFrom();
    SnapshotFolder after = SnapshotFolder.in(folder.temporary());
    if (goesOnFrom == null) {
      StateFolders begins = new StateFolders(null, Long.MIN_VALUE, after);
      return new Backfill(
          new Definition(set, null, options.settings(), begins), files, folder, null);
    }
    SnapshotFolder held = SnapshotFolder.in(goesOnFrom.toAbsolutePath());
    Snapshot before = Snapshot.read(held);
    StateFolders goesOn = new StateFolders(held, Micros.of(before.cut()), after);
    BatchSettings settings = options.shards(before.shards()).settings();
    Backfill backfill =
        new Backfill(new Definition(set, null, settings, goesOn), files, folder, before);
    before.requireOf(backfill.plan, held.folder());
    return backfill;
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
    try (RunLock lock = RunLock.take(folder)) {
      return runLocked(options, listener);
    }
  }

  private BackfillSummary runLocked(PipelineOptions options, BackfillListener listener) {
    long start = System.nanoTime();
    List<HistoryFile> given = inspect();
    List<Manifest.SourceFile> checksums = HistoryRecord.checksums(plan, given);
    List<HistoryFile> history = new ArrayList<>();
    List<Manifest.SourceFile> read = new ArrayList<>();
    for (int f = 0; f < given.size(); f++) {
      Manifest.SourceFile file = checksums.get(f);
      if (before == null || !before.holds(file.source(), file.sha256())) {
        history.add(given.get(f));
        read.add(file);
      }
    }
    Manifest manifest = HistoryRecord.manifest(definition, plan, history, read, folder.run());
    folder.begin();
    boolean published = false;
    Progress progress = Progress.NONE;
    try {
      progress = Progress.in(RunLock.progress(folder));
      StateFolders states = definition.states();
      if (states != null) {
        makeFolder(states.after());
      }
      Pipeline pipeline = Pipeline.create(options);
      build(pipeline, history, manifest, progress);
      PipelineResult.State state;
      try (Progress.Watch watch =
          progress.watch(
              listener,
              rowsOf(history, s -> true),
              rowsOf(history, s -> s == plan.requestSource().index()))) {
        state = pipeline.run().waitUntilFinish();
      }
      published = state == PipelineResult.State.DONE;
      if (!published) {
        throw new TrainingSetException("the backfill ended as " + state, null);
      }
    } catch (IOException e) {
      throw new TrainingSetException(RunLock.progress(folder) + " can't be made (" + e + ")", e);
    } finally {
      if (!published) {
        abandon();
      }
      remove(progress);
    }
    Manifest written = Manifest.read(folder.path());
    return new BackfillSummary(
        written.rows(),
        written.total("late"),
        written.total("duplicates"),
        written.total("deadLetters"),
        (System.nanoTime() - start) / 1e9,
        written);
  }

  private static long rowsOf(List<HistoryFile> history, IntPredicate source) {
    return history.stream()
        .filter(f -> source.test(f.source()))
        .flatMap(f -> f.groupRows().stream())
        .mapToLong(Long::longValue)
        .sum();
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
  private @Nullable Snapshot snapshot(List<Manifest.SourceFile> read) {
    Instant cut = definition.settings().until();
    if (definition.states() == null || cut == null) {
      return null;
    }
    List<Manifest.SourceFile> all = new ArrayList<>(before == null ? List.of() : before.files());
    all.addAll(read);
    return new Snapshot(
        plan.fingerprint(), plan.text(), cut, definition.shards(), all, folder.run());
  }

  private void abandon() {
    try {
      folder.abandon();
    } catch (IOException e) {
      throw new TrainingSetException(
          folder.temporary() + " of the failed run can't be removed; remove it by hand", e);
    }
  }

  private List<HistoryFile> inspect() {
    List<String> missing =
        plan.sources().stream().map(SourcePlan::name).filter(n -> !files.containsKey(n)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "no history is given of "
              + missing
              + ", which feature set "
              + plan.name()
              + " reads; given is: "
              + files.keySet().stream().sorted().toList());
    }
    List<HistoryFile> found = new ArrayList<>();
    for (SourcePlan source : plan.sources()) {
      List<Path> ofSource = files.get(source.name());
      if (ofSource != null) {
        ofSource.forEach(path -> found.add(HistoryFile.inspect(source, path.toString())));
      }
    }
    return found;
  }

  private void build(
      Pipeline pipeline, List<HistoryFile> history, Manifest manifest, Progress progress) {
    KvCoder<String, Long> counted = KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
    BatchFeatures.Result<KV<String, Long>> result =
        new BatchFeatures(definition)
            .marking(progress)
            .read(pipeline, history, manifest.sourceFiles())
            .compute(new TrainingParts(folder, progress), counted);
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
        pipeline.apply("Begun", Create.of(KV.of(Tally.VECTORS, 0L)).withCoder(counted));
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
            "Publish", ParDo.of(new Publish(folder, manifest, snapshot(manifest.sourceFiles()))));
  }
}
