package dev.lockstep.training.profile.page;

import dev.lockstep.training.profile.FeatureProfile;
import dev.lockstep.training.profile.KeyProfile;
import dev.lockstep.training.profile.LabelKind;
import dev.lockstep.training.profile.SetProfile;
import dev.lockstep.training.report.Axis;
import dev.lockstep.training.report.Block;
import dev.lockstep.training.report.Chart;
import dev.lockstep.training.report.Numbers;
import dev.lockstep.training.report.Section;
import dev.lockstep.training.report.Table;
import java.util.Arrays;
import java.util.List;

/** What each feature alone tells about the label, and keys beside them. */
final class RelationSection {
  private static final int SHOWN = 40;

  private final SetProfile profile;

  RelationSection(SetProfile profile) {
    this.profile = profile;
  }

  Section section() {
    boolean binary = profile.labelKind() == LabelKind.BINARY;
    List<FeatureProfile> ranked = profile.byRelation().stream().limit(SHOWN).toList();
    double[] scores =
        ranked.stream()
            .mapToDouble(f -> Shown.size(f.relation().kind(), f.relation().score()))
            .toArray();
    Axis axis = Shown.scores(profile.labelKind(), Arrays.stream(scores));
    return Section.of(
        "Relation to the label",
        Block.text(
            binary
                ? "How well each feature alone tells rows of label 1 from rows of label 0: an AUC of"
                    + " 0.5 is chance, 1 is perfect. What is far above all others deserves a look:"
                    + " could it be known at the time of the request?"
                : "How closely each feature alone goes with the label: 0 is not at all, 1 is wholly."),
        Chart.horizontalBars(
                ranked.size() < profile.features().size()
                    ? "The " + SHOWN + " features that tell most"
                    : "What each feature alone tells",
                ranked.stream().map(FeatureProfile::name).toList())
            .withX(Axis.of("feature"))
            .withY(axis)
            .with(binary ? "AUC" : "correlation", scores)
            .withNote(note(binary)),
        keys());
  }

  private static String note(boolean binary) {
    return (binary
            ? "By rank, whichever way the feature points; nulls are a group of their own, placed"
                + " where it tells most. "
            : "Pearson's, over the rows that have both. ")
        + "For text: the label's mean by category, learnt in the first half of time and measured"
        + " in the second.";
  }

  private Block keys() {
    Table table =
        Table.of(
            "key", "different", profile.labelKind() == LabelKind.BINARY ? "AUC" : "correlation");
    for (KeyProfile key : profile.keys()) {
      table =
          table.row(
              key.name(),
              Numbers.count(key.distinct()),
              Numbers.fixed(Shown.size(profile.labelKind(), key.relation()), 3));
    }
    return Block.details(
        "Ids and keys",
        "no features, but they may tell too",
        List.of(
            table,
            Block.note(
                "Of the request's id its digits as a number; of an entity's key the label's mean by"
                    + " key, learnt in the first half of time and measured in the second.")));
  }
}
