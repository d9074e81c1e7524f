package dev.lockstep.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a change of a definition does to the state that views hold: for each feature, whether it
 * goes on at once from the state there is, must be rebuilt from history, or is gone.
 *
 * <p>A view's state is its events, with the columns and for as long as its features need them. So a
 * feature goes on if the old view held all that it reads, whether or not it existed.
 */
public record PlanChange(List<Feature> features) {

  /** What becomes of a feature. */
  public enum Fate {
    /** The state at hand has all that it reads: right from the first request. */
    KEPT,
    /** The state at hand lacks something that it reads: right once bootstrapped from history. */
    REBUILT,
    /** No longer defined. */
    DROPPED
  }

  /**
   * One feature of a view.
   *
   * @param reason what the state lacks; empty where nothing does
   */
  public record Feature(String view, String name, Fate fate, String reason) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-8s %s.%s%s",
          fate.name().toLowerCase(Locale.ROOT),
          view,
          name,
          reason.isEmpty() ? "" : ": " + reason);
    }
  }

  public PlanChange {
    features = List.copyOf(features);
  }

  /** The features of one fate, as {@code view.feature}. */
  public List<String> of(Fate fate) {
    return features.stream().filter(f -> f.fate == fate).map(f -> f.view + "." + f.name).toList();
  }

  /** One line a feature, then how many there are of each fate. */
  @Override
  public String toString() {
    String lines = features.stream().map(f -> f + "\n").collect(Collectors.joining());
    return lines
        + of(Fate.KEPT).size()
        + " kept, "
        + of(Fate.REBUILT).size()
        + " rebuilt, "
        + of(Fate.DROPPED).size()
        + " dropped\n";
  }

  static PlanChange between(FeaturePlan before, FeaturePlan after) {
    List<Feature> features = new ArrayList<>();
    for (ViewPlan view : after.views()) {
      ViewPlan old =
          before.views().stream()
              .filter(v -> v.name().equals(view.name()))
              .findFirst()
              .orElse(null);
      HeldState held = old == null ? null : new HeldState(before, old);
      for (ViewPlan.Feature feature : view.features()) {
        String reason =
            held == null ? "the view is new" : held.lacks(new HeldState(after, view), feature);
        features.add(
            new Feature(
                view.name(), feature.name(), reason.isEmpty() ? Fate.KEPT : Fate.REBUILT, reason));
      }
    }
    for (ViewPlan old : before.views()) {
      for (ViewPlan.Feature feature : old.features()) {
        if (features.stream()
            .noneMatch(f -> f.view.equals(old.name()) && f.name.equals(feature.name()))) {
          features.add(new Feature(old.name(), feature.name(), Fate.DROPPED, ""));
        }
      }
    }
    return new PlanChange(features);
  }
}
