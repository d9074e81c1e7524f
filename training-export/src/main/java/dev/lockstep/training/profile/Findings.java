package dev.lockstep.training.profile;

import dev.lockstep.beam.write.LabelDelays;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.define.DurationText;
import dev.lockstep.training.profile.Finding.Weight;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What stands out in the figures of a training set, the most important first. */
public final class Findings {
  private static final int NAMES_SHOWN = 6;
  private static final int PERCENT = 100;

  private final SetProfile profile;
  private final List<Finding> found = new ArrayList<>();

  /** What a relation's chance is at most, to be more than chance. */
  private final double likely;

  private Findings(SetProfile profile) {
    this.profile = profile;
    this.likely = Significance.ofRelation(3L * profile.features().size() + profile.keys().size());
  }

  /** The findings, serious ones first. */
  public static List<Finding> of(SetProfile profile) {
    Findings findings = new Findings(profile);
    if (profile.rows() == 0) {
      findings.add(
          Weight.SERIOUS,
          "The set has no rows",
          "Nothing can be learnt from it: look at what was left out below, and at the range of"
              + " time that was asked for.");
    } else {
      findings.leaks();
      findings.label();
      findings.drift();
      findings.useless();
    }
    findings.origin();
    return findings.found.stream().sorted(Comparator.comparing(Finding::weight)).toList();
  }

  /** The findings of the first of two sets, and how much more the second seems to know. */
  public static List<Finding> of(Comparison comparison) {
    List<Finding> all = new ArrayList<>(of(comparison.one()));
    if (comparison.matchedRows() == 0) {
      all.add(
          0,
          new Finding(
              Weight.SERIOUS,
              "The two sets have no request in common",
              "Compare sets of the same requests, such as one history as known and by event"
                  + " time."));
    }
    List<Comparison.Feature> leaking =
        comparison.features().stream()
            .filter(f -> f.gain() >= Significance.LEAKS)
            .filter(f -> f.chance() <= Significance.ofRelation(comparison.features().size()))
            .toList();
    if (!leaking.isEmpty()) {
      Comparison.Feature most = leaking.get(0);
      LabelKind kind = comparison.one().labelKind();
      all.add(
          0,
          new Finding(
              Weight.WARNING,
              count(leaking.size(), "feature knows", "features know")
                  + " too much in the other set",
              String.format(
                  Locale.ROOT,
                  "Most of all %s: %s in this set, %s in the other. A model learnt from the other"
                      + " set looks better than it can be in production.",
                  most.name(),
                  score(kind, most.score()),
                  score(kind, most.otherScore()))));
    }
    return all.stream().sorted(Comparator.comparing(Finding::weight)).toList();
  }

  private void add(Weight weight, String title, String text) {
    found.add(new Finding(weight, title, text));
  }

  private void leaks() {
    for (FeatureProfile f : profile.features()) {
      Relation relation = f.relation();
      if (isLabel(relation)) {
        add(
            Weight.SERIOUS,
            f.name() + " is the label",
            "It equals the label in every row that has both. Take it out, or give its source an"
                + " availability time, so that it isn't known before the label is.");
      } else if (isSuspicious(relation)) {
        add(
            Weight.SERIOUS,
            f.name() + " gives the label away",
            "Alone it reaches "
                + score(relation.kind(), relation.score())
                + ". Look at whether its source is known at the time of the request, and whether"
                + " it is filled in after the outcome.");
      }
      if (!isLabel(relation)
          && relation.nullStrength() >= Significance.NULLS_TELL
          && relation.chances().nulls() <= likely) {
        add(
            relation.nullStrength() >= Significance.SUSPICIOUS ? Weight.SERIOUS : Weight.WARNING,
            "Whether " + f.name() + " is null gives the label away",
            "Being null alone reaches "
                + score(relation.kind(), relation.nullScore())
                + ": it may be filled in, or cleared, only once the outcome is known.");
      }
    }
    farAboveAllOthers();
    keys();
  }

  private boolean isLabel(Relation relation) {
    return relation.equal() && relation.chances().equal() <= likely;
  }

  private boolean isSuspicious(Relation relation) {
    return relation.strength() >= Significance.SUSPICIOUS && relation.chances().score() <= likely;
  }

  private void farAboveAllOthers() {
    List<FeatureProfile> ranked = profile.byRelation();
    if (ranked.size() < 2) {
      return;
    }
    Relation first = ranked.get(0).relation();
    double second = ranked.get(1).relation().strength();
    boolean sure = !isLabel(first) && !isSuspicious(first) && first.chances().score() <= likely;
    if (sure && first.strength() >= Significance.STRONG && first.strength() >= 2 * second) {
      add(
          Weight.WARNING,
          ranked.get(0).name() + " tells far more than any other feature",
          String.format(
              Locale.ROOT,
              "%s alone, the next one (%s) %s. Make sure that it is known at the time of the"
                  + " request.",
              score(first.kind(), first.score()),
              ranked.get(1).name(),
              score(first.kind(), ranked.get(1).relation().score())));
    }
  }

  private void keys() {
    for (KeyProfile key : profile.keys()) {
      Relation relation =
          new Relation(
              profile.labelKind(),
              key.relation(),
              Double.NaN,
              false,
              List.of(),
              new Relation.Chances(key.chance(), 1, 1));
      if (key.chance() > likely) {
        continue;
      }
      if (key.requestId() && relation.strength() >= Significance.STRONG) {
        add(
            Weight.WARNING,
            "The request's id tells the label",
            "Its digits alone reach "
                + score(profile.labelKind(), key.relation())
                + ": the rows may be sorted or numbered by outcome, or sampled unevenly.");
      } else if (!key.requestId() && relation.strength() >= Significance.SUSPICIOUS) {
        add(
            Weight.WARNING,
            "The key " + key.name() + " alone tells the label",
            "What its rows had before reaches "
                + score(profile.labelKind(), key.relation())
                + " on later rows: outcomes hardly change within a key.");
      }
    }
  }

  private void label() {
    if (profile.manifest().schema().label() == null) {
      add(
          Weight.REMARK,
          "The set has no label",
          "So relations aren't shown, and nothing can be learnt from it as it is.");
    } else if (profile.labelKind() == LabelKind.NONE) {
      add(
          Weight.SERIOUS,
          "No row has a label",
          "Look at whether the label's history reaches as far as the requests'.");
    } else if (profile.labelKind() == LabelKind.BINARY
        && (profile.labelMean() == 0 || profile.labelMean() == 1)) {
      add(
          Weight.SERIOUS,
          "All labels are " + (profile.labelMean() == 1 ? "1" : "0"),
          "A model can't learn to tell rows apart that have one outcome.");
    }
  }

  private void drift() {
    List<FeatureProfile> moved =
        profile.features().stream()
            .filter(f -> f.drift().isFlagged())
            .sorted(Comparator.comparingDouble(f -> -f.drift().greatest()))
            .toList();
    if (!moved.isEmpty()) {
      add(
          moved.stream().anyMatch(f -> f.drift().isLarge()) ? Weight.WARNING : Weight.REMARK,
          count(moved.size(), "feature moves", "features move") + " over time",
          names(moved.stream().map(Findings::moved).toList())
              + String.format(
                  Locale.ROOT,
                  ". The stability index (%s) is more than chance gives at so many rows and"
                      + " features, and by %.2f or more: long windows still filling up at the"
                      + " start, a season, or a change in the source.",
                  profile.compared(),
                  Significance.INDEX_MATTERS));
    }
  }

  private static String moved(FeatureProfile feature) {
    return String.format(Locale.ROOT, "%s (%.2f)", feature.name(), feature.drift().greatest());
  }

  private void useless() {
    List<String> empty =
        profile.features().stream().filter(f -> f.count() == 0).map(FeatureProfile::name).toList();
    if (!empty.isEmpty()) {
      add(
          Weight.WARNING,
          count(empty.size(), "feature is", "features are") + " null in every row",
          names(empty) + ". Look at whether the keys of request and source are the same.");
    }
    List<String> constant =
        profile.features().stream()
            .filter(f -> f.count() > 0 && f.isConstant() && profile.rows() > 1)
            .map(FeatureProfile::name)
            .toList();
    if (!constant.isEmpty()) {
      add(
          Weight.REMARK,
          count(constant.size(), "feature has", "features have") + " one value in every row",
          names(constant) + ". A model learns nothing from such a column.");
    }
    for (List<String> same : profile.duplicates()) {
      add(
          Weight.REMARK,
          "The same column " + same.size() + " times",
          names(same) + " are equal in every row: one of them is enough.");
    }
  }

  private void origin() {
    Manifest manifest = profile.manifest();
    if (!manifest.assumedOnTime().isEmpty()) {
      add(
          Weight.WARNING,
          "Assumed on time",
          "The history of "
              + names(manifest.assumedOnTime())
              + " doesn't say when its events arrived. Values equal production's only if nothing"
              + " was late.");
    }
    endless(manifest);
    if (profile.oneIn() > 1) {
      add(
          Weight.REMARK,
          "Taken from a sample",
          "Quantiles, histograms, drift and relations are of every "
              + profile.oneIn()
              + "th row, chosen by a hash of its request id; counts, nulls, extremes and means are"
              + " of all rows.");
    }
  }

  /** Of a label without an end the youngest rows have what had become known by then (L5). */
  private void endless(Manifest manifest) {
    OptionalLong delay = LabelDelays.quantile(manifest.counts(), LabelDelays.MOST);
    Instant until = manifest.until() != null ? manifest.until() : manifest.lastEventTime();
    if (delay.isEmpty() || until == null) {
      return;
    }
    Duration waited = Duration.of(delay.getAsLong(), ChronoUnit.MICROS);
    add(
        Weight.WARNING,
        "The youngest labels may still change",
        "The label has no end: "
            + percent(LabelDelays.MOST)
            + " of its outcomes became known within "
            + DurationText.of(roundedUp(waited))
            + " of their request. Requests from "
            + until.minus(waited)
            + " on may have outcomes that weren't known yet, so that labels there are null, or are"
            + " those that come early. train leaves these rows out; within(...) gives the label an"
            + " end, and leaves them out of the set.");
  }

  /** To the unit of which it has more than two: the bounds of the buckets are odd. */
  private static Duration roundedUp(Duration waited) {
    for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
      Duration one = unit.getDuration();
      if (waited.compareTo(one.multipliedBy(2)) > 0) {
        return one.multipliedBy(waited.plus(one).minusNanos(1).dividedBy(one));
      }
    }
    return waited;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * PERCENT);
  }

  /** A score in words. */
  static String score(LabelKind kind, double score) {
    return kind == LabelKind.BINARY
        ? String.format(Locale.ROOT, "an AUC of %.3f", Math.max(score, 1 - score))
        : String.format(Locale.ROOT, "a correlation of %.3f", score);
  }

  private static String count(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private static String names(List<String> names) {
    String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    return names.size() <= NAMES_SHOWN
        ? shown
        : shown + " and " + (names.size() - NAMES_SHOWN) + " more";
  }
}
