package dev.lockstep.beam.batch;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.FeatureVector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** The batch over rows that another door of its plan has admitted, such as that of topics. */
public final class AdmittedFeatures {
  private AdmittedFeatures() {}

  /**
   * The vectors of a set whose events are such rows and whose tables are files.
   *
   * @param rows events as {@link dev.lockstep.kernel.SourceRowCodec} writes them, late ones left
   *     out; requests must have ids
   * @param about roughly how many they are; changes no value
   * @param tables Parquet files, folders of them or patterns, by name of the table
   * @throws dev.lockstep.beam.read.HistoryFileException if a file isn't what the plan reads
   */
  public static BatchFeatures.Result<FeatureVector> vectors(
      FeatureSet<?> set,
      PCollection<byte[]> rows,
      long about,
      Map<String, ? extends List<Path>> tables) {
    Definition small = new Definition(set, null, BatchSettings.ofShards(1), null, Long.MAX_VALUE);
    int spaces = Math.max(1, small.layout().spaces().size());
    Definition definition = small.with(Shards.forRows(about * spaces), Long.MAX_VALUE);
    BatchFeatures batch = new BatchFeatures(definition);
    FeaturePlan plan = batch.plan();
    if (plan.sources().stream().anyMatch(SourcePlan::table)) {
      batch.read(
          rows.getPipeline(),
          ChosenHistory.of(definition, plan, ofTables(plan, tables), List.of(), null));
    }
    return batch
        .take(
            rows.apply(
                "ReadAdmitted",
                ParDo.of(new ReadAdmitted(definition))
                    .withOutputTags(Steps.ROUTED, Steps.others())))
        .vectors();
  }

  /** Of sources of events no file is read. */
  private static Map<String, List<Path>> ofTables(
      FeaturePlan plan, Map<String, ? extends List<Path>> files) {
    Map<String, List<Path>> given = new HashMap<>();
    for (SourcePlan source : plan.sources()) {
      List<Path> ofTable = source.table() ? files.get(source.name()) : null;
      given.put(source.name(), ofTable == null ? List.of() : ofTable);
    }
    return given;
  }
}
