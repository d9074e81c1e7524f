package dev.lockstep.training.profile.page;

import dev.lockstep.beam.write.LabelDelays;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.plan.PlanReading;
import dev.lockstep.training.profile.SetProfile;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.training.report.Section;
import dev.lockstep.training.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the set comes from: what was read, what was left out, and the definitions. */
final class OriginSection {
  private final SetProfile profile;

  OriginSection(SetProfile profile) {
    this.profile = profile;
  }

  Section section() {
    Manifest manifest = profile.manifest();
    List<Block> blocks = new ArrayList<>();
    blocks.add(facts(manifest));
    if (!manifest.counts().isEmpty()) {
      blocks.add(counts(manifest));
    }
    if (!manifest.sourceFiles().isEmpty()) {
      blocks.add(
          Block.details(
              "Source files",
              Numbers.count(manifest.sourceFiles().size()),
              List.of(files(manifest))));
    }
    blocks.add(
        Block.details(
            "Definitions",
            "what every value means",
            List.of(Block.code(PlanReading.of(manifest.planText())))));
    return Section.of("Origin").and(blocks);
  }

  private static Table facts(Manifest manifest) {
    Table table =
        Table.ofText("what", "value")
            .row("feature set", manifest.featureSet())
            .row("fingerprint", manifest.fingerprint());
    String labelText = manifest.labelText();
    if (labelText != null && !labelText.isEmpty()) {
      table = table.row("label", PlanReading.of(labelText));
    }
    if (manifest.firstEventTime() != null && manifest.lastEventTime() != null) {
      table =
          table
              .row("first request", manifest.firstEventTime().toString())
              .row("last request", manifest.lastEventTime().toString());
    }
    if (manifest.until() != null) {
      table = table.row("known until", manifest.until().toString());
    }
    table =
        table.row(
            "assumed on time",
            manifest.assumedOnTime().isEmpty()
                ? "nothing"
                : String.join(", ", manifest.assumedOnTime()));
    for (String remark : manifest.remarks()) {
      table = table.row("of the history", remark);
    }
    return table;
  }

  /** Of each source, what was counted when the set was made. */
  private static Table counts(Manifest manifest) {
    Table table = Table.of("counted", "rows");
    for (var count : manifest.counts().entrySet()) {
      if (LabelDelays.isOne(count.getKey())) {
        continue; // one of many buckets: train reads them
      }
      String[] parts = count.getKey().split("/", 2);
      String what = parts[0].replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
      String of = parts.length > 1 ? " of " + parts[1] : "";
      table = table.row(what + of, Numbers.count(count.getValue()));
    }
    return table;
  }

  private static Table files(Manifest manifest) {
    Table table =
        new Table(
            List.of(
                new Table.Column("source", false),
                new Table.Column("file", false),
                new Table.Column("bytes", true),
                new Table.Column("SHA-256", false)),
            List.of());
    List<List<String>> rows = new ArrayList<>();
    for (Manifest.SourceFile file : manifest.sourceFiles()) {
      rows.add(List.of(file.source(), file.path(), Numbers.count(file.bytes()), file.sha256()));
    }
    return table.with(rows);
  }
}
