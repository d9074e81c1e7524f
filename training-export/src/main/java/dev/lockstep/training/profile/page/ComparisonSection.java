package dev.lockstep.training.profile.page;

import dev.lockstep.training.profile.Comparison;
import dev.lockstep.training.profile.LabelKind;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Chart;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.training.report.Section;
import dev.lockstep.training.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Two sets side by side: how much the labels leak. */
final class ComparisonSection {
  private static final int SHOWN = 20;

  private final Comparison comparison;

  ComparisonSection(Comparison comparison) {
    this.comparison = comparison;
  }

  Section section() {
    LabelKind kind = comparison.one().labelKind();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.text(
            "Each feature alone, in this set and in the other. Where the other one tells more, it"
                + " knows what was not known at the time of the request: that is how much the"
                + " labels leak."));
    List<Comparison.Feature> shown = comparison.features().stream().limit(SHOWN).toList();
    if (kind != LabelKind.NONE && !shown.isEmpty()) {
      blocks.add(chart(kind, shown));
    }
    blocks.add(table(kind));
    blocks.add(
        Block.note(
            Numbers.count(comparison.matchedRows())
                + " of "
                + Numbers.count(comparison.one().held())
                + " rows are in both, by their request ids. The other set: "
                + comparison.other().manifest().featureSet()
                + ", "
                + Numbers.count(comparison.other().rows())
                + " rows, fingerprint "
                + comparison.other().manifest().fingerprint()
                + "."));
    return Section.of("How much the labels leak").and(blocks);
  }

  private static Chart chart(LabelKind kind, List<Comparison.Feature> shown) {
    double[] mine = shown.stream().mapToDouble(f -> Shown.size(kind, f.score())).toArray();
    double[] others = shown.stream().mapToDouble(f -> Shown.size(kind, f.otherScore())).toArray();
    DoubleStream both = DoubleStream.concat(Arrays.stream(mine), Arrays.stream(others));
    return Chart.horizontalBars(
            "The largest differences", shown.stream().map(Comparison.Feature::name).toList())
        .withX(Axis.of("feature"))
        .withY(Shown.scores(kind, both))
        .with("this set", mine)
        .with("the other", others);
  }

  private Table table(LabelKind kind) {
    List<List<String>> rows = new ArrayList<>();
    for (Comparison.Feature f : comparison.features()) {
      rows.add(
          List.of(
              f.name(),
              Numbers.fixed(Shown.size(kind, f.score()), 3),
              Numbers.fixed(Shown.size(kind, f.otherScore()), 3),
              Numbers.fixed(f.gain(), 3),
              Numbers.percent(f.differing())));
    }
    return Table.of("feature", "this set", "the other", "difference", "rows that differ")
        .with(rows);
  }
}
