package dev.lockstep.wire;

import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a trained model is: which feature set it reads, in which order, and how it was trained.
 *
 * <p>A model is a folder that holds {@value #MODEL_FILE}, XGBoost's own binary, and {@value
 * #MANIFEST_FILE}, this ({@link ManifestText}).
 *
 * @param name the model's name
 * @param version the model's version
 * @param featureSet name of the set it was trained on
 * @param fingerprint of the plan it was trained on (C14)
 * @param planText that plan, to show what differs from another
 * @param features the model's inputs, in order
 * @param label what it predicts, for people
 * @param threshold the score from which the project acts
 * @param trainedFrom event time of the first row
 * @param trainedUntil event time of the last row
 * @param rows number of rows it was trained on
 * @param metrics measured qualities by name; sorted
 * @param labelText the label's definition in one line, which the fingerprint doesn't cover; null if
 *     it was trained by code too old to say
 * @param calibration what makes scores of the trees' margins; null if they are XGBoost's own
 * @param knownUntil by when all labels it learnt from were known; null where nothing tells
 * @param trace what made it, by key, for people: the training set, options, versions; sorted
 */
public record ModelManifest(
    String name,
    String version,
    String featureSet,
    String fingerprint,
    String planText,
    List<Feature> features,
    String label,
    double threshold,
    Instant trainedFrom,
    Instant trainedUntil,
    long rows,
    Map<String, Double> metrics,
    @Nullable String labelText,
    @Nullable ScoreCalibration calibration,
    @Nullable Instant knownUntil,
    Map<String, String> trace) {

  /** The file of the manifest in a model's folder. */
  public static final String MANIFEST_FILE = "manifest.properties";

  /** The file of the booster in a model's folder. */
  public static final String MODEL_FILE = "model.ubj";

  /**
   * What a whole model's folder is called, behind the name that it is to have: for the moment in
   * which the one of that name makes way. {@link #folder} finds it.
   */
  public static final String NEXT = ".next";

  /** One input of the model. */
  public record Feature(String name, ValueType type) {}

  public ModelManifest {
    features = List.copyOf(features);
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    trace = Collections.unmodifiableMap(new TreeMap<>(trace));
  }

  /** Of a model whose scores are XGBoost's own, and that doesn't say what made it. */
  public ModelManifest(
      String name,
      String version,
      String featureSet,
      String fingerprint,
      String planText,
      List<Feature> features,
      String label,
      double threshold,
      Instant trainedFrom,
      Instant trainedUntil,
      long rows,
      Map<String, Double> metrics,
      @Nullable String labelText) {
    this(
        name,
        version,
        featureSet,
        fingerprint,
        planText,
        features,
        label,
        threshold,
        trainedFrom,
        trainedUntil,
        rows,
        metrics,
        labelText,
        null,
        null,
        Map.of());
  }

  /** Of a model that doesn't say its label's definition. */
  public ModelManifest(
      String name,
      String version,
      String featureSet,
      String fingerprint,
      String planText,
      List<Feature> features,
      String label,
      double threshold,
      Instant trainedFrom,
      Instant trainedUntil,
      long rows,
      Map<String, Double> metrics) {
    this(
        name,
        version,
        featureSet,
        fingerprint,
        planText,
        features,
        label,
        threshold,
        trainedFrom,
        trainedUntil,
        rows,
        metrics,
        null);
  }

  /** The same, its scores made of margins by a calibration; null for XGBoost's own. */
  public ModelManifest withCalibration(@Nullable ScoreCalibration made) {
    return with(made, knownUntil, trace);
  }

  /** The same, with what made it. */
  public ModelManifest withTrace(@Nullable Instant labelsKnownUntil, Map<String, String> made) {
    return with(calibration, labelsKnownUntil, made);
  }

  private ModelManifest with(
      @Nullable ScoreCalibration newCalibration,
      @Nullable Instant newKnownUntil,
      Map<String, String> newTrace) {
    return new ModelManifest(
        name,
        version,
        featureSet,
        fingerprint,
        planText,
        features,
        label,
        threshold,
        trainedFrom,
        trainedUntil,
        rows,
        metrics,
        labelText,
        newCalibration,
        newKnownUntil,
        newTrace);
  }

  /** The names of the inputs, in order. */
  public List<String> featureNames() {
    return features.stream().map(Feature::name).toList();
  }

  /** The types of the inputs, in order. */
  public List<ValueType> featureTypes() {
    return features.stream().map(Feature::type).toList();
  }

  /**
   * Where the files of a model are: the folder itself; or, where a process that put a model in its
   * place was killed between two renames, the one that was to get the name.
   */
  public static Path folder(Path named) {
    Path name = named.toAbsolutePath().getFileName();
    if (name == null || Files.exists(named.resolve(MANIFEST_FILE))) {
      return named;
    }
    Path next = named.resolveSibling(name + NEXT);
    return !Files.exists(named) && Files.exists(next.resolve(MANIFEST_FILE)) ? next : named;
  }

  /**
   * The manifest in a model's folder, as {@link #folder} finds it.
   *
   * @throws IOException if there is none or it can't be read; the message names the file and cure
   * @throws WireException if the file isn't a manifest; the message names the file and the key
   */
  public static ModelManifest read(Path folder) throws IOException {
    Path file = folder(folder).resolve(MANIFEST_FILE);
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "No model in " + folder + ": " + MANIFEST_FILE + " is missing there. Train one first.",
          e);
    }
    try {
      return fromBytes(text);
    } catch (WireException e) {
      throw new WireException(file + " is no model's manifest: " + e.getMessage());
    }
  }

  /**
   * The manifest in a file's bytes.
   *
   * @throws WireException if they are no manifest; the message names the key
   */
  public static ModelManifest fromBytes(byte[] file) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      throw new WireException("it is not text in UTF-8");
    }
    return ManifestText.parse(text);
  }

  /** The bytes of the manifest's file; the same for the same manifest. */
  public byte[] toBytes() {
    return ManifestText.of(this).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the manifest into a model's folder, in one step: readers see the old one or the new.
   *
   * @param folder made if missing
   * @throws IOException if it can't be written
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path whole = folder.resolve(MANIFEST_FILE + ".tmp");
    Files.write(whole, toBytes());
    Files.move(whole, folder.resolve(MANIFEST_FILE), StandardCopyOption.REPLACE_EXISTING);
  }
}
