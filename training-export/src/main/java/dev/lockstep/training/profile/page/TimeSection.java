package dev.lockstep.training.profile.page;

import dev.lockstep.training.profile.FeatureProfile;
import dev.lockstep.training.profile.LabelKind;
import dev.lockstep.training.profile.SetProfile;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Chart;
import dev.lockstep.training.report.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The whole set over time: rows, labels, and the features that move most. */
final class TimeSection {
  private static final int SHOWN = 15;

  private final SetProfile profile;

  TimeSection(SetProfile profile) {
    this.profile = profile;
  }

  Section section() {
    List<Block> charts = new ArrayList<>();
    charts.add(
        Chart.bars("Rows each " + profile.periodWidth().replaceFirst("^1 ", ""), profile.periods())
            .withX(Axis.of("from"))
            .withY(Axis.of("rows"))
            .with("rows", profile.rowsPerPeriod().stream().mapToDouble(r -> r).toArray()));
    if (profile.labelKind() != LabelKind.NONE && profile.periods().size() > 1) {
      charts.add(labels());
    }
    List<Block> blocks = new ArrayList<>(List.of(Block.grid(charts)));
    List<FeatureProfile> moved =
        profile.features().stream()
            .filter(f -> f.drift().greatest() > 0)
            .sorted(Comparator.comparingDouble(f -> -f.drift().greatest()))
            .limit(SHOWN)
            .toList();
    if (!moved.isEmpty()) {
      blocks.add(drift(moved));
    }
    return Section.of("Over time").and(blocks);
  }

  private Chart labels() {
    boolean binary = profile.labelKind() == LabelKind.BINARY;
    String name = binary ? "rate of label 1" : "mean label";
    double[] all = new double[profile.periods().size()];
    Arrays.fill(all, profile.labelMean());
    return Chart.lines("Label over time", profile.periods())
        .withX(Axis.of("from"))
        .withY(binary ? Axis.percent(name) : Axis.of(name))
        .with(name, profile.labelMeans().stream().mapToDouble(m -> m).toArray())
        .withReference("all rows", all);
  }

  private Chart drift(List<FeatureProfile> moved) {
    double[] indexes = moved.stream().mapToDouble(f -> f.drift().greatest()).toArray();
    return Chart.horizontalBars(
            "The features that move most", moved.stream().map(FeatureProfile::name).toList())
        .withX(Axis.of("feature"))
        .withY(Axis.of("population stability index"))
        .with("greatest index", indexes)
        .withNote(
            "The greatest index of "
                + profile.compared()
                + ". A feature has moved where that is more than chance gives at so many rows,"
                + " groups, periods and features, and enough to matter: it is marked in the"
                + " table.");
  }
}
