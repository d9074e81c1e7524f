package dev.lockstep.wire;

import dev.lockstep.value.DoubleText;
import dev.lockstep.value.Shown;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ModelManifest.Feature;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link ModelManifest}: a Java properties file, in UTF-8, the same bytes for the
 * same manifest.
 *
 * <pre>
 * format=2
 * name, version, feature_set, fingerprint, label, threshold, trained_from, trained_until, rows
 * feature.0=DOUBLE amount_avg_1h      type and name; numbered from 0, in the vector's order
 * metric.auc=0.91
 * label_definition=label delayed ...  in one line; may be missing
 * known_until=2001-01-28T00:00:00Z    by when all labels learnt from were known; may be missing
 * calibration.slope, calibration.intercept
 *                                     both or none; shortest decimals of these very doubles
 * trace.threads=2                     what made the model, for people; any keys
 * plan=...                            the plan's lines, each continued on the next
 * </pre>
 *
 * <p>Format 1, which is read too, has no calibration: a reader of it would score without one.
 */
final class ManifestText {
  private static final String FORMAT = "2";

  /** Before scores could be calibrated. */
  private static final String FIRST_FORMAT = "1";

  private static final String METRIC = "metric.";
  private static final String FEATURE = "feature.";
  private static final String SLOPE = "calibration.slope";
  private static final String INTERCEPT = "calibration.intercept";
  private static final String TRACE = "trace.";

  private final Properties properties;

  private ManifestText(Properties properties) {
    this.properties = properties;
  }

  static String of(ModelManifest m) {
    StringBuilder text = new StringBuilder();
    line(text, "format", FORMAT);
    line(text, "name", m.name());
    line(text, "version", m.version());
    line(text, "feature_set", m.featureSet());
    line(text, "fingerprint", m.fingerprint());
    line(text, "label", m.label());
    line(text, "threshold", DoubleText.of(m.threshold()));
    line(text, "trained_from", m.trainedFrom().toString());
    line(text, "trained_until", m.trainedUntil().toString());
    line(text, "rows", Long.toString(m.rows()));
    for (int i = 0; i < m.features().size(); i++) {
      Feature feature = m.features().get(i);
      line(text, FEATURE + i, feature.type() + " " + feature.name());
    }
    m.metrics().forEach((name, value) -> line(text, METRIC + name, DoubleText.of(value)));
    String labelText = m.labelText();
    if (labelText != null) {
      line(text, "label_definition", labelText);
    }
    traced(text, m);
    line(text, "plan", m.planText());
    return text.toString();
  }

  private static void traced(StringBuilder text, ModelManifest m) {
    Instant knownUntil = m.knownUntil();
    if (knownUntil != null) {
      line(text, "known_until", knownUntil.toString());
    }
    ScoreCalibration calibration = m.calibration();
    if (calibration != null) {
      line(text, SLOPE, DoubleText.of(calibration.slope()));
      line(text, INTERCEPT, DoubleText.of(calibration.intercept()));
    }
    m.trace().forEach((key, value) -> line(text, TRACE + key, value));
  }

  static ModelManifest parse(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new WireException("no properties file: " + e.getMessage());
    }
    for (String key : properties.stringPropertyNames()) {
      requireWholeText(key, key);
      requireWholeText(key, properties.getProperty(key));
    }
    return new ManifestText(properties).manifest();
  }

  /** Refuses half of a surrogate pair, which an escape can say and UTF-8 can't. */
  private static void requireWholeText(String key, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new WireException("half a character in " + Shown.text(key));
    }
  }

  private ModelManifest manifest() {
    String format = value("format");
    if (!format.equals(FORMAT) && !format.equals(FIRST_FORMAT)) {
      throw new WireException(
          "format "
              + Shown.text(format)
              + ", this version reads "
              + FIRST_FORMAT
              + " and "
              + FORMAT);
    }
    return new ModelManifest(
        value("name"),
        value("version"),
        value("feature_set"),
        value("fingerprint"),
        value("plan"),
        features(),
        value("label"),
        threshold(),
        instant("trained_from"),
        instant("trained_until"),
        rows(),
        metrics(),
        properties.getProperty("label_definition"),
        calibration(),
        properties.containsKey("known_until") ? instant("known_until") : null,
        trace());
  }

  private @Nullable ScoreCalibration calibration() {
    if (!properties.containsKey(SLOPE) && !properties.containsKey(INTERCEPT)) {
      return null;
    }
    try {
      return new ScoreCalibration(number(SLOPE), number(INTERCEPT));
    } catch (IllegalArgumentException e) {
      throw new WireException("calibration: " + e.getMessage());
    }
  }

  private Map<String, String> trace() {
    Map<String, String> trace = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(TRACE)) {
        trace.put(key.substring(TRACE.length()), value(key));
      }
    }
    return trace;
  }

  private List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; properties.containsKey(FEATURE + i); i++) {
      String[] words = value(FEATURE + i).split(" ", 2);
      if (words.length < 2) {
        throw new WireException(FEATURE + i + " is not a type and a name: " + Shown.text(words[0]));
      }
      try {
        features.add(new Feature(words[1], ValueType.valueOf(words[0])));
      } catch (IllegalArgumentException e) {
        throw new WireException(FEATURE + i + " is of the unknown type " + Shown.text(words[0]));
      }
    }
    if (features.isEmpty()) {
      throw new WireException(FEATURE + "0 is missing");
    }
    return features;
  }

  private Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(METRIC)) {
        metrics.put(key.substring(METRIC.length()), number(key));
      }
    }
    return metrics;
  }

  private double threshold() {
    double threshold = number("threshold");
    if (!Double.isFinite(threshold)) {
      throw new WireException("threshold is not finite: " + threshold);
    }
    return threshold;
  }

  private double number(String key) {
    try {
      return Double.parseDouble(value(key));
    } catch (NumberFormatException e) {
      throw new WireException(key + " is no number: " + Shown.text(value(key)));
    }
  }

  private long rows() {
    try {
      return Long.parseLong(value("rows"));
    } catch (NumberFormatException e) {
      throw new WireException("rows is no number: " + Shown.text(value("rows")));
    }
  }

  private Instant instant(String key) {
    try {
      return Instant.parse(value(key));
    } catch (DateTimeException e) {
      throw new WireException(key + " is no instant: " + Shown.text(value(key)));
    }
  }

  private String value(String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new WireException(key + " is missing");
    }
    return value;
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(escaped(key, true)).append('=').append(escaped(value, false)).append('\n');
  }

  /** Escapes what {@link Properties#load} would read otherwise. */
  private static String escaped(String text, boolean key) {
    StringBuilder escaped = new StringBuilder();
    boolean lineStart = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append(i + 1 < text.length() ? "\\n\\\n    " : "\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\f' -> escaped.append("\\f");
        case ' ' -> escaped.append(key || lineStart ? "\\ " : " ");
        case '=', ':', '#', '!' -> escaped.append(key ? "\\" : "").append(c);
        default -> escaped.append(c);
      }
      lineStart = c == '\n';
    }
    return escaped.toString();
  }
}
