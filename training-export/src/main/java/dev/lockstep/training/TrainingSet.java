package dev.lockstep.training;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.PlanReading;
import dev.lockstep.value.ValueType;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A training set as published in a folder, read into memory.
 *
 * @param rows in order of event time, then request id, however the parts were written: what is
 *     learnt doesn't depend on it
 */
public record TrainingSet(Manifest manifest, TrainingRows rows) {
  /**
   * Reads a training set of a plan.
   *
   * @param plan with the label that is to be learnt
   * @throws TrainingSetException if the folder has no manifest: it isn't a training set, or wasn't
   *     finished
   * @throws TrainingException if it is of another plan, has no such label, or takes more memory
   *     than this process may use
   */
  public static TrainingSet load(Path folder, FeaturePlan plan) {
    return load(folder, plan, (read, rows) -> {});
  }

  /**
   * Reads a training set of a plan, telling how far it is.
   *
   * @param progress hears of every few thousand rows, and of the last
   */
  public static TrainingSet load(Path folder, FeaturePlan plan, LoadProgress progress) {
    return load(folder, plan, plan.features().stream().map(FeatureColumn::name).toList(), progress);
  }

  /**
   * Reads some features of a training set, which takes the less memory the fewer they are.
   *
   * @param features the names of those that are wanted; others have no values in the rows
   * @throws TrainingException as above; also if this process may not use the memory it takes
   */
  public static TrainingSet load(
      Path folder, FeaturePlan plan, Collection<String> features, LoadProgress progress) {
    TrainingSetReader reader = TrainingSetReader.open(folder);
    Set<String> held = new HashSet<>(features);
    check(folder, reader.manifest(), plan, held);
    return new TrainingSet(reader.manifest(), RowsLoader.load(reader, held, progress));
  }

  /**
   * What training on a set needs, told before a row is read.
   *
   * @param heapBytes of Java's heap, at the most at one time
   * @param besideBytes outside of it
   */
  public record Need(Manifest manifest, long heapBytes, long besideBytes) {}

  /**
   * Checks all that {@link #load} checks before it reads a row.
   *
   * @throws TrainingSetException as {@link #load}
   * @throws TrainingException as {@link #load}
   */
  public static Need check(Path folder, FeaturePlan plan, Collection<String> features) {
    Manifest manifest = TrainingSetReader.open(folder).manifest();
    MemoryNeed need = check(folder, manifest, plan, new HashSet<>(features));
    return new Need(manifest, need.heapBytes(), need.besideBytes());
  }

  private static MemoryNeed check(
      Path folder, Manifest manifest, FeaturePlan plan, Set<String> held) {
    PlanCheck.requireSame(folder, manifest.fingerprint(), manifest.planText(), plan);
    requireLabel(folder, manifest.schema().label(), plan);
    requireDefinition(folder, manifest.labelText(), plan);
    MemoryNeed need = MemoryNeed.of(manifest, held);
    need.requireHere(folder);
    return need;
  }

  /** A label of the same name may be another: within 60 days rather than 30. */
  private static void requireDefinition(Path folder, @Nullable String labelText, FeaturePlan plan) {
    if (labelText != null && !labelText.equals(plan.labelText())) {
      throw new TrainingException(
          "the label of the training set in "
              + folder
              + " is of another definition: ["
              + PlanReading.of(labelText)
              + "], to be learnt is ["
              + PlanReading.of(plan.labelText())
              + "]",
          "backfill again with that label, or train with the definition of the set's");
    }
  }

  private static void requireLabel(
      Path folder, TrainingSchema.@Nullable Column found, FeaturePlan plan) {
    LabelPlan wanted =
        plan.label().orElseThrow(() -> new IllegalArgumentException(plan.name() + " has no label"));
    if (found == null || !found.name().equals(wanted.name())) {
      throw new TrainingException(
          "the training set in "
              + folder
              + (found == null ? " has no label" : " has the label [" + found.name() + "]")
              + ", to be learnt is ["
              + wanted.name()
              + "]",
          "export the training set again with that label");
    }
    if (found.type() != ValueType.BOOLEAN && !found.type().isNumeric()) {
      throw new TrainingException(
          "the label [" + found.name() + "] is of type " + found.type() + ", not 0 or 1",
          "let the label's expression answer a boolean, such as a comparison");
    }
  }
}
