package dev.lockstep.training.profile.page;

import dev.lockstep.training.profile.Category;
import dev.lockstep.training.profile.Distribution;
import dev.lockstep.training.profile.FeatureProfile;
import dev.lockstep.training.profile.LabelKind;
import dev.lockstep.training.profile.Relation;
import dev.lockstep.training.profile.SetProfile;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Chart;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pictures of one feature; none where there is nothing to see. */
final class FeatureCharts {
  /** So many different whole numbers get a bar each. */
  private static final int FEW = 2;

  private final SetProfile profile;
  private final FeatureProfile feature;

  FeatureCharts(SetProfile profile, FeatureProfile feature) {
    this.profile = profile;
    this.feature = feature;
  }

  List<Block> all() {
    List<Block> charts = new ArrayList<>();
    if (feature.type() == ValueType.STRING) {
      if (!feature.categories().isEmpty()) {
        charts.add(categories());
        if (profile.labelKind() != LabelKind.NONE) {
          charts.add(labelByCategory());
        }
      }
    } else if (feature.count() > 0) {
      charts.add(histogram());
      if (feature.relation().groups().size() > 1 && profile.labelKind() != LabelKind.NONE) {
        charts.add(labelByGroup());
      }
    }
    if (profile.periods().size() > 1 && feature.count() > 0) {
      charts.add(means());
      charts.add(movement());
    }
    return charts;
  }

  private Chart histogram() {
    Distribution d = feature.distribution();
    double[] counts = d.counts().stream().mapToDouble(c -> c).toArray();
    double[] edges = d.edges().stream().mapToDouble(e -> e).toArray();
    Chart chart;
    if (feature.type() == ValueType.BOOLEAN) {
      List<String> names =
          d.counts().size() == FEW
              ? List.of("false", "true")
              : List.of(edges[0] == 0 ? "false" : "true");
      chart = Chart.bars("How its values are spread", names);
    } else if (feature.type() == ValueType.INSTANT) {
      List<String> names =
          d.edges().stream().limit(counts.length).map(e -> Shown.value(feature.type(), e)).toList();
      chart = Chart.bars("How its values are spread", names);
    } else if (isWholeByOne(edges)) {
      chart =
          Chart.bars(
              "How its values are spread",
              d.edges().stream().limit(counts.length).map(Numbers::of).toList());
    } else {
      chart = Chart.histogram("How its values are spread", edges);
    }
    return chart
        .withX(Axis.of("value"))
        .withY(Axis.of("rows"))
        .with("rows", counts)
        .withNote(outside(d));
  }

  private boolean isWholeByOne(double[] edges) {
    return feature.type() == ValueType.LONG && edges[1] - edges[0] == 1;
  }

  private String outside(Distribution d) {
    if (d.below() + d.above() == 0) {
      return "";
    }
    return "Cut off so that the rest is seen: "
        + Numbers.count(d.below())
        + " rows below, "
        + Numbers.count(d.above())
        + " above (beyond the 0.5 % and 99.5 % quantiles).";
  }

  private Chart labelByGroup() {
    List<String> names = new ArrayList<>();
    for (Relation.Group group : feature.relation().groups()) {
      names.add(name(group));
    }
    double[] means =
        feature.relation().groups().stream().mapToDouble(Relation.Group::mean).toArray();
    return labelMeans("Label by value", names, means)
        .withX(Axis.of("value"))
        .withNote("About ten groups of equal size by value, or one a value; nulls last.");
  }

  private String name(Relation.Group group) {
    if (group.isNull()) {
      return "null";
    }
    if (feature.type() == ValueType.BOOLEAN) {
      return group.to() == 1 ? "true" : "false";
    }
    String from = Shown.value(feature.type(), group.from());
    String to = Shown.value(feature.type(), group.to());
    return from.equals(to) ? from : from + " to " + to;
  }

  private Chart labelMeans(String title, List<String> names, double[] means) {
    double[] all = new double[means.length];
    Arrays.fill(all, profile.labelMean());
    boolean binary = profile.labelKind() == LabelKind.BINARY;
    String name = binary ? "rate of label 1" : "mean label";
    return Chart.bars(title, names)
        .withY(binary ? Axis.percent(name) : Axis.of(name))
        .with(name, means)
        .withReference("all rows", all);
  }

  private Chart categories() {
    return Chart.horizontalBars(
            feature.distinct() > feature.categories().size()
                ? "The most frequent of " + Numbers.count(feature.distinct())
                : "How often each occurs",
            feature.categories().stream().map(Category::text).toList())
        .withX(Axis.of("text"))
        .withY(Axis.of("rows"))
        .with("rows", feature.categories().stream().mapToDouble(Category::rows).toArray());
  }

  private Chart labelByCategory() {
    boolean binary = profile.labelKind() == LabelKind.BINARY;
    String name = binary ? "rate of label 1" : "mean label";
    return Chart.horizontalBars(
            "Label by text", feature.categories().stream().map(Category::text).toList())
        .withX(Axis.of("text"))
        .withY(binary ? Axis.percent(name) : Axis.of(name))
        .with(name, feature.categories().stream().mapToDouble(Category::labelMean).toArray());
  }

  private Chart means() {
    boolean text = feature.type() == ValueType.STRING;
    double[] means = feature.drift().means().stream().mapToDouble(m -> m).toArray();
    String title = text ? "Share of " + feature.categories().get(0).text() : "Mean over time";
    return Chart.lines(title, profile.periods())
        .withX(Axis.of("from"))
        .withY(
            text || feature.type() == ValueType.BOOLEAN ? Axis.percent("share") : Axis.of("mean"))
        .with(text ? "share" : "mean", means);
  }

  private Chart movement() {
    double[] nulls = feature.drift().nullShares().stream().mapToDouble(m -> m).toArray();
    double[] index = feature.drift().stability().stream().mapToDouble(m -> m).toArray();
    double[] bounds = feature.drift().bounds().stream().mapToDouble(m -> m).toArray();
    Chart chart =
        Chart.lines("Drift and nulls over time", profile.periods())
            .withX(Axis.of("from"))
            .withY(Axis.of("").between(0, Double.NaN))
            .with("stability index", index)
            .with("share of nulls", nulls)
            .withNote("Index: " + profile.compared() + ".");
    return feature.drift().isFlagged() ? chart.withReference("has moved from", bounds) : chart;
  }
}
