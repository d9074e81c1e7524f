package dev.lockstep.training.profile.page;

import dev.lockstep.define.About;
import dev.lockstep.training.profile.Distribution;
import dev.lockstep.training.profile.FeatureProfile;
import dev.lockstep.training.profile.LabelKind;
import dev.lockstep.training.profile.SetProfile;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.training.report.Section;
import dev.lockstep.training.report.Table;
import dev.lockstep.value.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Every feature: one line that a tap opens, those that tell most first. */
final class FeatureSection {
  /** For a value of a feature that is declared sensitive. */
  private static final String NOT_SHOWN = "not shown";

  private final SetProfile profile;

  FeatureSection(SetProfile profile) {
    this.profile = profile;
  }

  Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(overview());
    for (FeatureProfile feature : profile.byRelation()) {
      blocks.add(Block.details(feature.name(), aside(feature), inside(feature)));
    }
    return Section.of("Features").and(blocks);
  }

  private Block overview() {
    boolean related = profile.labelKind() != LabelKind.NONE;
    List<Table.Column> columns = new ArrayList<>();
    columns.add(new Table.Column("feature", false));
    columns.add(new Table.Column("type", false));
    if (related) {
      columns.add(new Table.Column(scoreName(), true));
    }
    for (String name : List.of("nulls", "mean", "median", "least", "greatest", "drift")) {
      columns.add(new Table.Column(name, true));
    }
    List<List<String>> rows = new ArrayList<>();
    for (FeatureProfile f : profile.byRelation()) {
      List<String> row = new ArrayList<>(List.of(f.name(), type(f)));
      if (related) {
        row.add(Numbers.fixed(Shown.size(profile.labelKind(), f.relation().score()), 3));
      }
      row.add(Numbers.percent(f.nullShare()));
      if (about(f).isSensitive()) {
        row.addAll(Collections.nCopies(4, NOT_SHOWN));
      } else {
        row.add(Shown.value(f.type(), f.mean()));
        row.add(
            Shown.value(f.type(), f.distribution().quantiles().get(Distribution.AT.indexOf(0.5))));
        row.add(Shown.value(f.type(), f.min()));
        row.add(Shown.value(f.type(), f.max()));
      }
      row.add(Numbers.fixed(f.drift().greatest(), 2) + (f.drift().isFlagged() ? " moves" : ""));
      rows.add(row);
    }
    return Block.details(
        "All in one table",
        Numbers.count(profile.features().size()) + " features",
        List.of(new Table(columns, rows)));
  }

  private String scoreName() {
    return profile.labelKind() == LabelKind.BINARY ? "AUC" : "correlation";
  }

  private static String type(FeatureProfile feature) {
    return feature.type() == ValueType.STRING
        ? "text"
        : feature.type().name().toLowerCase(Locale.ROOT);
  }

  private String aside(FeatureProfile feature) {
    List<String> parts = new ArrayList<>();
    double size = Shown.size(profile.labelKind(), feature.relation().score());
    if (!Double.isNaN(size)) {
      parts.add(scoreName() + " " + Numbers.fixed(size, 3));
    }
    if (feature.isConstant()) {
      parts.add(feature.count() == 0 ? "all null" : "constant");
    } else if (feature.nulls() > 0) {
      parts.add(Numbers.percent(feature.nullShare()) + " null");
    }
    if (feature.drift().isFlagged()) {
      parts.add("moves");
    }
    return String.join(" · ", parts);
  }

  private List<Block> inside(FeatureProfile feature) {
    FeatureCharts charts = new FeatureCharts(profile, feature);
    List<Block> blocks = new ArrayList<>();
    About about = about(feature);
    if (!about.isEmpty()) {
      blocks.add(Block.note(about.toString()));
    }
    blocks.add(Block.note(summary(feature, about.isSensitive())));
    if (about.isSensitive()) {
      return blocks;
    }
    if (feature.type() != ValueType.STRING && feature.count() > 0) {
      blocks.add(quantiles(feature));
    }
    List<Block> grid = charts.all();
    if (!grid.isEmpty()) {
      blocks.add(Block.grid(grid));
    }
    return blocks;
  }

  private About about(FeatureProfile feature) {
    return profile.manifest().schema().about(feature.name());
  }

  private static String summary(FeatureProfile f, boolean sensitive) {
    StringBuilder text = new StringBuilder(type(f));
    text.append(", ").append(Numbers.count(f.count())).append(" values, ");
    text.append(Numbers.count(f.nulls())).append(" nulls, ");
    text.append(Numbers.count(f.distinct())).append(" different");
    if (!sensitive && f.type() != ValueType.STRING && f.count() > 0) {
      text.append("; mean ").append(Shown.value(f.type(), f.mean()));
      text.append(", standard deviation ").append(Shown.spread(f.type(), f.stddev()));
    }
    return text.append('.').toString();
  }

  private static Table quantiles(FeatureProfile f) {
    List<Table.Column> columns = new ArrayList<>();
    List<String> row = new ArrayList<>();
    columns.add(new Table.Column("least", true));
    row.add(Shown.value(f.type(), f.min()));
    for (int i = 0; i < Distribution.AT.size(); i++) {
      columns.add(new Table.Column(Math.round(100 * Distribution.AT.get(i)) + " %", true));
      row.add(Shown.value(f.type(), f.distribution().quantiles().get(i)));
    }
    columns.add(new Table.Column("greatest", true));
    row.add(Shown.value(f.type(), f.max()));
    return new Table(columns, List.of(row));
  }
}
