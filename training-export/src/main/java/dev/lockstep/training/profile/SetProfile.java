package dev.lockstep.training.profile;

import dev.lockstep.beam.write.Manifest;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a training set.
 *
 * @param rows all of them
 * @param held the rows that quantiles, histograms, drift and relations are taken from
 * @param oneIn of how many rows one is held; 1 for all
 * @param periods the names of the parts of event time
 * @param periodWidth their length in words
 * @param compared what the stability indexes compare, in words
 * @param rowsPerPeriod of the rows held
 * @param labelMeans of the labels known, per period; NaN where none is
 * @param labelled how many of the rows held have a label
 * @param labelMean of them; NaN if there are none
 * @param features in the vector's order
 * @param keys the request's id, then the entities
 * @param duplicates groups of features that are equal in every row
 */
public record SetProfile(
    Manifest manifest,
    long rows,
    long held,
    int oneIn,
    List<String> periods,
    String periodWidth,
    String compared,
    List<Long> rowsPerPeriod,
    List<Double> labelMeans,
    LabelKind labelKind,
    long labelled,
    double labelMean,
    List<FeatureProfile> features,
    List<KeyProfile> keys,
    List<List<String>> duplicates) {

  public SetProfile {
    periods = List.copyOf(periods);
    rowsPerPeriod = List.copyOf(rowsPerPeriod);
    labelMeans = List.copyOf(labelMeans);
    features = List.copyOf(features);
    keys = List.copyOf(keys);
    duplicates = duplicates.stream().map(List::copyOf).toList();
  }

  /** The features, those that tell most about the label first. */
  public List<FeatureProfile> byRelation() {
    return features.stream()
        .sorted(
            Comparator.comparingDouble((FeatureProfile f) -> -f.relation().strength())
                .thenComparing(FeatureProfile::name))
        .toList();
  }

  /** The profile of a feature by its name, or null. */
  public @Nullable FeatureProfile feature(String name) {
    return features.stream().filter(f -> f.name().equals(name)).findFirst().orElse(null);
  }
}
