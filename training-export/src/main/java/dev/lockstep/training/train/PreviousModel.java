package dev.lockstep.training.train;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.evaluate.Comparison;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ModelManifest;
import dev.lockstep.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A model in a folder, to compare a new one with. */
public final class PreviousModel {
  private final ModelManifest manifest;
  private final byte[] trees;

  private PreviousModel(ModelManifest manifest, byte[] trees) {
    this.manifest = manifest;
    this.trees = trees;
  }

  /**
   * Reads the model in a folder.
   *
   * @throws TrainingException if there is none, or it is damaged
   * @throws IOException if it can't be read
   */
  public static PreviousModel read(Path named) throws IOException {
    Path folder = ModelManifest.folder(named);
    if (!Files.exists(folder.resolve(ModelManifest.MANIFEST_FILE))) {
      throw new TrainingException(
          "there is no model in " + folder + " to compare with",
          "give the folder of one, as train wrote it");
    }
    try {
      ModelManifest manifest = ModelManifest.read(folder);
      Path file = folder.resolve(ModelManifest.MODEL_FILE);
      byte[] trees = Files.readAllBytes(file);
      Trees.requireSound(trees, manifest.featureNames(), file.toString());
      return new PreviousModel(manifest, trees);
    } catch (WireException e) {
      throw new TrainingException(
          String.valueOf(e.getMessage()), "remove it, or name another folder");
    } catch (NoSuchFileException e) {
      throw new TrainingException(
          e.getFile() + " is missing beside its manifest", "remove the folder, or name another");
    }
  }

  /** What it is. */
  public ModelManifest manifest() {
    return manifest;
  }

  /**
   * Measures it and a new model on the new one's test rows.
   *
   * @param plan of the rows and the new model
   * @param rows that the new model was trained on
   */
  public Comparison compare(TrainedModel model, FeaturePlan plan, TrainingRows rows) {
    List<String> notes = new ArrayList<>();
    if (!manifest.fingerprint().equals(plan.fingerprint())) {
      notes.add(
          "it is of the plan "
              + manifest.fingerprint()
              + " of "
              + manifest.featureSet()
              + ", these rows are of "
              + plan.fingerprint()
              + ": its features may mean something else here");
    }
    String label = manifest.labelText() == null ? manifest.label() : manifest.labelText();
    String asked =
        manifest.labelText() == null
            ? plan.label().map(LabelPlan::name).orElse("")
            : plan.labelText();
    if (!label.equals(asked)) {
      notes.add(
          "it predicts another label, ["
              + label
              + "], these rows say ["
              + asked
              + "]: the figures tell how well it does at that");
    }
    Instant testFrom = model.report().testFrom();
    Instant knownUntil = manifest.knownUntil();
    if (!manifest.trainedUntil().isBefore(testFrom)) {
      notes.add(
          "it was trained on rows until "
              + manifest.trainedUntil()
              + ", so it may know some of these, which flatters it");
    } else if (knownUntil != null && !knownUntil.isBefore(testFrom)) {
      notes.add(
          "it was trained on labels known until "
              + knownUntil
              + ", when some of these requests had been made, which may flatter it");
    }
    String name = manifest.name() + " " + manifest.version();
    List<String> missing = missing(rows);
    if (!missing.isEmpty()) {
      notes.add("it can't score these rows, which lack its features " + missing);
      return new Comparison(name, notes, null);
    }
    TestPart test = TestPart.of(model.report(), rows);
    float[] others =
        test.scores(trees, manifest.calibration(), rows.indexesOf(manifest.featureNames()));
    for (float score : others) {
      if (!(score >= 0 && score <= 1)) {
        notes.add("it gives scores that are no probabilities, such as " + score);
        return new Comparison(name, notes, null);
      }
    }
    return new Comparison(
        name,
        notes,
        Comparison.measure(test.testRows(), test.scores(model), others, manifest.threshold()));
  }

  private List<String> missing(TrainingRows rows) {
    List<String> missing = new ArrayList<>();
    for (ModelManifest.Feature feature : manifest.features()) {
      int index = rows.featureNames().indexOf(feature.name());
      ValueType type = index < 0 ? null : rows.featureTypes().get(index);
      if (type != feature.type() || type == ValueType.STRING) {
        missing.add(feature.name());
      }
    }
    return missing;
  }
}
