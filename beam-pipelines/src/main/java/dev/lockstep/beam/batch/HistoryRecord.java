package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.util.List;
import java.util.Map;

/** What a manifest says about the history, before anything is computed. */
final class HistoryRecord {
  private HistoryRecord() {}

  static Manifest manifest(
      Definition definition, FeaturePlan plan, ChosenHistory history, String run) {
    return new Manifest(
            plan.name(),
            plan.fingerprint(),
            plan.text(),
            TrainingParts.schema(plan),
            0,
            null,
            null,
            definition.settings().until(),
            Map.of(),
            plan.sources().stream()
                .filter(s -> assumedOnTime(s, history.files()))
                .map(SourcePlan::name)
                .distinct() // a source may be read twice
                .toList(),
            history.checksums().stream().distinct().toList(),
            run)
        .withLabelText(plan.labelText())
        .withRemarks(history.remarks());
  }

  /** Nothing says when its events arrived: neither a column of its own, nor the archive's. */
  private static boolean assumedOnTime(SourcePlan source, List<HistoryFile> files) {
    return !source.table()
        && source.availableAtColumn() < 0
        && files.stream().anyMatch(f -> f.source() == source.index() && !f.recordTimestamps());
  }
}
