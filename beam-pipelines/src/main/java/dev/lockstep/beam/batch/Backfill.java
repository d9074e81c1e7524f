package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetFolder;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.io.IOException;
import java.nio.file.Path;
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
  private final TrainingSetFolder folder;

  private Backfill(
      Definition definition, Map<String, ? extends List<Path>> files, TrainingSetFolder folder) {
    this.definition = definition;
    this.plan = definition.plan();
    this.files = files;
    this.folder = folder;
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
    return new Backfill(
        new Definition(set, label, options.until(), options.shards()),
        files,
        new TrainingSetFolder(
            output.toAbsolutePath().toString(),
            UUID.randomUUID().toString().substring(0, 8),
            options.replace()));
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
    long start = System.nanoTime();
    List<HistoryFile> history = inspect();
    Manifest manifest = HistoryRecord.manifest(definition, plan, history, folder.run());
    folder.begin();
    boolean published = false;
    try {
      Pipeline pipeline = Pipeline.create(options);
      build(pipeline, history, manifest);
      PipelineResult.State state = pipeline.run().waitUntilFinish();
      published = state == PipelineResult.State.DONE;
      if (!published) {
        throw new TrainingSetException("the backfill ended as " + state, null);
      }
    } finally {
      if (!published) {
        abandon();
      }
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

  private void build(Pipeline pipeline, List<HistoryFile> history, Manifest manifest) {
    KvCoder<String, Long> counted = KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
    BatchFeatures.Result result = new BatchFeatures(definition).read(pipeline, history).compute();
    PCollection<KV<String, Long>> written =
        result
            .ranges()
            .apply("Write", ParDo.of(new WriteRanges(definition, folder)))
            .setCoder(counted);
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
        .and(written)
        .and(rejected)
        .and(begun)
        .apply("AllCounts", Flatten.pCollections())
        .apply(
            "Together",
            WithKeys.<Integer, KV<String, Long>>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("Counted", GroupByKey.create())
        .apply("Publish", ParDo.of(new Publish(folder, manifest)));
  }
}
