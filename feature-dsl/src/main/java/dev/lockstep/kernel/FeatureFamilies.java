package dev.lockstep.kernel;

import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Features that finish together: by class of aggregation, over whatever windows. */
final class FeatureFamilies {
  private record Family(FinishLoop loop, FeatureSlot[] slots) {}

  private final Family[] families;

  FeatureFamilies(List<FeatureSlot> slots) {
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
  }

  boolean isEmpty() {
    return families.length == 0;
  }

  void finish(Values out) {
    for (Family family : families) {
      family.loop.finish(family.slots, out);
    }
  }
}
