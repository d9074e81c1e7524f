package dev.lockstep.training.train;

import dev.lockstep.beam.write.CodeVersion;
import dev.lockstep.beam.write.WholeFile;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.evaluate.ScoreReport;
import dev.lockstep.wire.ModelFile;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder in which a model is kept: {@value ModelManifest#MODEL_FILE}, {@value
 * ModelManifest#MANIFEST_FILE} and, for people, {@value EvaluationReport#JSON_FILE} and {@value
 * EvaluationPage#FILE}. It appears whole, by a rename. Beside it are
 *
 * <pre>
 *   NAME.previous      the model that the last --replace took out, whole; one is kept
 *   NAME.next          a whole model between two renames ({@link ModelManifest#NEXT}); a reader
 *                      that finds no NAME reads it, and the next run gives it its name
 *   NAME.tmp-VERSION   what is being written
 *   NAME.old-VERSION   what is being removed
 * </pre>
 *
 * <p>A process killed at any point leaves the old model or the new one to be read.
 */
public final class ModelFolder {
  /** What the folder of the model that was replaced is called, behind the name of its own. */
  public static final String PREVIOUS = ".previous";

  private static final int VERSION_DIGITS = 12;
  private static final Set<String> FILES =
      Set.of(
          ModelManifest.MODEL_FILE,
          ModelManifest.MANIFEST_FILE,
          EvaluationReport.JSON_FILE,
          EvaluationPage.FILE);

  private ModelFolder() {}

  /**
   * The manifest of a model. The version is a hash of all that made it: the same training gives the
   * same version.
   *
   * @param name the model's
   * @param plan the plan of the training set, with its label
   * @throws IllegalArgumentException if the plan lacks a feature of the model, or a label
   */
  public static ModelManifest manifest(String name, FeaturePlan plan, TrainedModel model) {
    TrainingReport report = model.report();
    String label =
        plan.label()
            .map(LabelPlan::name)
            .orElseThrow(() -> new IllegalArgumentException(plan.name() + " has no label"));
    return new ModelManifest(
            name,
            version(plan.fingerprint(), model),
            plan.name(),
            plan.fingerprint(),
            plan.text(),
            features(plan, model),
            label,
            model.threshold(),
            report.from(),
            report.trainedUntil(),
            report.rows(),
            metrics(model.evaluation()),
            plan.labelText())
        .withCalibration(model.calibration())
        .withTrace(report.lateLabels().knownUntil(), trace(model));
  }

  /** What made a model: versions, options, the training set. */
  private static Map<String, String> trace(TrainedModel model) {
    Map<String, String> trace = new TreeMap<>();
    trace.put("code", CodeVersion.current());
    trace.put(
        "xgboost",
        ModelFile.read(model.bytes()).version().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(".")));
    trace.put("threads", String.valueOf(model.report().threads()));
    String digest = model.trainingSet();
    if (digest != null) {
      trace.put("training_set", digest);
    }
    model.report().options().forEach((key, value) -> trace.put("option." + key, value));
    return trace;
  }

  /**
   * Writes a model into its folder.
   *
   * @param folder must not be there yet, unless {@code replace} is set and a model is in it
   * @param replace whether a model that is there becomes the previous one
   * @return the manifest, as {@link #manifest} makes it
   * @throws TrainingException if something is in the way
   * @throws IOException if it can't be written; the message names the file
   */
  public static ModelManifest write(
      Path folder, String name, FeaturePlan plan, TrainedModel model, boolean replace)
      throws IOException {
    ModelManifest manifest = manifest(name, plan, model);
    refuseWhatIsInTheWay(folder, replace);
    Path whole = sibling(folder, ".tmp-" + manifest.version());
    delete(whole); // of a run that didn't end
    Files.createDirectories(whole);
    Files.write(whole.resolve(ModelManifest.MODEL_FILE), model.bytes());
    Files.writeString(whole.resolve(EvaluationReport.JSON_FILE), model.evaluation().toJson());
    EvaluationPage.of(manifest, model.evaluation()).write(whole.resolve(EvaluationPage.FILE));
    manifest.write(whole);
    for (Path file : list(whole)) {
      WholeFile.sync(file);
    }
    WholeFile.sync(whole);
    Path next = sibling(folder, ModelManifest.NEXT);
    Files.move(whole, next, StandardCopyOption.ATOMIC_MOVE);
    if (Files.exists(folder)) {
      makeWay(folder, manifest.version());
    }
    // A folder can't be renamed onto another that isn't empty. Until this step a reader that finds
    // none takes the next one, which is whole.
    rename(next, folder);
    delete(sibling(folder, ".old-" + manifest.version()));
    return manifest;
  }

  /** Keeps what is replaced as the previous model; the same model made again is just removed. */
  private static void makeWay(Path folder, String version) throws IOException {
    Path old = sibling(folder, ".old-" + version);
    delete(old);
    if (ModelManifest.read(folder).version().equals(version)) {
      rename(folder, old);
      return;
    }
    Path previous = sibling(folder, PREVIOUS);
    if (Files.exists(previous)) {
      rename(previous, old);
    }
    rename(folder, previous);
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Path parent = to.toAbsolutePath().getParent();
    if (parent != null) {
      WholeFile.sync(parent);
    }
  }

  /** Ends what a killed run had begun: its model was whole, and was to be the one. */
  private static void endWhatWasBegun(Path folder) throws IOException {
    Path next = sibling(folder, ModelManifest.NEXT);
    if (!Files.exists(next.resolve(ModelManifest.MANIFEST_FILE))) {
      return;
    }
    if (Files.exists(folder)) {
      delete(next); // its run hadn't got to the renames: this one makes another
    } else {
      rename(next, folder);
    }
  }

  /**
   * Checks, before long work, that a model can be written into a folder.
   *
   * @throws TrainingException if something is in the way
   */
  public static void refuseWhatIsInTheWay(Path folder, boolean replace) throws IOException {
    endWhatWasBegun(folder);
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.exists(folder.resolve(ModelManifest.MANIFEST_FILE))) {
      throw new TrainingException(
          folder
              + " is in the way, and is no model: "
              + ModelManifest.MANIFEST_FILE
              + " is missing",
          "name another folder, or remove this one");
    }
    if (!replace) {
      throw new TrainingException(
          "the model " + ModelManifest.read(folder).version() + " is in " + folder + " already",
          "name another folder (--out), or replace it (--replace)");
    }
    refuseForeignFiles(folder);
    Path previous = sibling(folder, PREVIOUS);
    if (Files.exists(previous)) {
      refuseForeignFiles(previous); // it goes when this one takes its place
    }
  }

  private static void refuseForeignFiles(Path folder) throws IOException {
    for (Path file : list(folder)) {
      String name = file.getFileName().toString();
      if (!FILES.contains(name)) {
        throw new TrainingException(
            file + " is no part of the model, and would go with it", "move it elsewhere first");
      }
    }
  }

  /** Deletes a folder of files, if it is there. */
  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : list(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Path sibling(Path folder, String suffix) throws IOException {
    Path name = folder.toAbsolutePath().getFileName();
    if (name == null) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    return folder.toAbsolutePath().resolveSibling(name + suffix);
  }

  private static List<ModelManifest.Feature> features(FeaturePlan plan, TrainedModel model) {
    List<String> known = plan.features().stream().map(FeatureColumn::name).toList();
    List<ModelManifest.Feature> features = new ArrayList<>();
    for (int i = 0; i < model.featureNames().size(); i++) {
      String name = model.featureNames().get(i);
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "the model reads [" + name + "], which is not in " + plan.name() + ": " + known);
      }
      features.add(new ModelManifest.Feature(name, model.featureTypes().get(i)));
    }
    return features;
  }

  /** Those of the test part, by its name in the manifest; and how many rows each part has. */
  private static Map<String, Double> metrics(EvaluationReport evaluation) {
    ScoreReport test = evaluation.test();
    TrainingReport training = evaluation.training();
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("auc", test.quality().auc());
    metrics.put("average_precision", test.curves().averagePrecision());
    metrics.put("log_loss", test.quality().logLoss());
    metrics.put("brier", test.brier());
    metrics.put("calibration_error", test.calibration().error());
    metrics.put("precision", test.quality().precision());
    metrics.put("recall", test.quality().recall());
    metrics.put("f1", test.quality().f1());
    metrics.put("validation_auc", training.validation().auc());
    metrics.put("training_rows", (double) training.trainingRows());
    metrics.put("validation_rows", (double) training.validationRows());
    metrics.put("test_rows", (double) training.testRows());
    metrics.put("purged_training_rows", (double) training.lateLabels().trainingRows());
    metrics.put("purged_validation_rows", (double) training.lateLabels().validationRows());
    metrics.put("trees", (double) training.bestRound());
    return metrics;
  }

  private static String version(String fingerprint, TrainedModel model) {
    TrainingReport report = model.report();
    String made =
        String.join(
            "\n",
            fingerprint,
            report.from().toString(),
            report.until().toString(),
            String.valueOf(report.calibration()),
            String.valueOf(model.trainingSet()));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(made.getBytes(StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(report.rows()).array());
      digest.update(model.bytes());
      return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
