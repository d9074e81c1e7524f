package dev.lockstep.kernel;

import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Features that finish together: by class of aggregation, over whatever windows. */
final class FeatureFamilies {
  private record Family(FinishLoop loop, FeatureSlot[] slots) {}

  private final Family[] families;

  /** The places of features with a default, and those defaults. */
  private final int[] defaulted;

  private final Object[] defaults;

  FeatureFamilies(List<FeatureSlot> slots, ViewPlan view) {
    Map<Class<?>, List<FeatureSlot>> byKind = new LinkedHashMap<>();
    for (FeatureSlot slot : slots) {
      byKind.computeIfAbsent(slot.aggregation().getClass(), k -> new ArrayList<>()).add(slot);
    }
    this.families =
        byKind.entrySet().stream()
            .map(
                kind ->
                    new Family(
                        FinishLoops.of(kind.getKey()), kind.getValue().toArray(FeatureSlot[]::new)))
            .toArray(Family[]::new);
    List<ViewPlan.Feature> features = view.features();
    this.defaulted =
        slots.stream()
            .mapToInt(FeatureSlot::result)
            .filter(place -> features.get(place).defaultValue() != null)
            .toArray();
    this.defaults =
        Arrays.stream(defaulted)
            .mapToObj(place -> Objects.requireNonNull(features.get(place).defaultValue()).value())
            .toArray();
  }

  boolean isEmpty() {
    return families.length == 0;
  }

  void finish(Values out) {
    for (Family family : families) {
      family.loop.finish(family.slots, out);
    }
    for (int i = 0; i < defaulted.length; i++) {
      if (out.isNull(defaulted[i])) {
        out.set(defaulted[i], defaults[i]);
      }
    }
  }
}
