package dev.lockstep.training.train;

import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingException.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How trees are grown: a value for each {@link TrainingOption}. {@link #defaults} suits some
 * hundred thousand rows of a few dozen features. Immutable.
 *
 * <p>The same rows, options and number of threads give the same model; another number of threads
 * may round differently.
 */
public final class TrainingOptions {
  private static final String WHAT = "the options of the training";
  private static final TrainingOptions DEFAULTS =
      new TrainingOptions(new EnumMap<>(TrainingOption.class));

  private final Map<TrainingOption, String> said;

  private TrainingOptions(Map<TrainingOption, String> said) {
    this.said = said;
  }

  /** Nothing said: every option as {@link TrainingOption#defaultText} has it. */
  public static TrainingOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Options by their keys.
   *
   * @param settings texts by key, as a file or the command line has them
   * @throws TrainingException with all that is wrong: unknown keys, values that aren't allowed,
   *     values that don't go together
   */
  public static TrainingOptions of(Map<String, String> settings) {
    List<Problem> problems = new ArrayList<>();
    TrainingOptions options = read(settings, problems);
    refuse(problems);
    return options;
  }

  /**
   * Options by their keys, for these features.
   *
   * @param features the names that may be included, excluded and constrained
   * @throws TrainingException as {@link #of(Map)}; and for patterns and constraints that are of no
   *     feature, in the same message
   */
  public static TrainingOptions of(Map<String, String> settings, List<String> features) {
    List<Problem> problems = new ArrayList<>();
    TrainingOptions options = read(settings, problems);
    FeatureChoice.of(options, features, problems);
    refuse(problems);
    return options;
  }

  /**
   * The features that these options let a model read.
   *
   * @param features those that there are
   * @throws TrainingException for what {@link #of(Map, List)} refuses of them
   */
  public List<String> chosen(List<String> features) {
    List<Problem> problems = new ArrayList<>();
    FeatureChoice choice = FeatureChoice.of(this, features, problems);
    refuse(problems);
    return choice.names();
  }

  static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw TrainingException.ofAll(WHAT, problems);
    }
  }

  private static TrainingOptions read(Map<String, String> settings, List<Problem> problems) {
    Map<TrainingOption, String> said = new EnumMap<>(TrainingOption.class);
    settings.forEach(
        (key, value) -> {
          String text = value.strip();
          TrainingOption option = TrainingOption.of(key).orElse(null);
          if (option == null) {
            problems.add(
                new Problem(
                    "there is no option [" + key + "]", "known are " + TrainingOption.keys()));
          } else if (!option.allows(text)) {
            problems.add(
                new Problem(
                    key + " is [" + text + "]",
                    "give " + option.range() + "; the default is " + option.defaultText()));
          } else {
            said.put(option, text);
          }
        });
    TrainingOptions options = new TrainingOptions(said);
    double judged = options.validationShare() + options.testShare();
    if (judged >= 1) {
      problems.add(
          new Problem(
              "validation_share "
                  + options.validationShare()
                  + " and test_share "
                  + options.testShare()
                  + " leave no time to grow trees from",
              "let them be less than 1 together"));
    }
    return options;
  }

  /**
   * The same with another value of one option.
   *
   * @throws TrainingException if it isn't allowed, or doesn't go with the others
   */
  public TrainingOptions with(TrainingOption option, Object value) {
    Map<String, String> settings = new LinkedHashMap<>();
    said.forEach((o, text) -> settings.put(o.key(), text));
    settings.put(option.key(), value.toString());
    return of(settings);
  }

  /** The same for whatever features there are: none is named to be read, left out or bound. */
  public TrainingOptions withoutFeatures() {
    Map<TrainingOption, String> others = new EnumMap<>(TrainingOption.class);
    others.putAll(said);
    others.remove(TrainingOption.INCLUDE);
    others.remove(TrainingOption.EXCLUDE);
    others.remove(TrainingOption.MONOTONE);
    return new TrainingOptions(others);
  }

  /** All options by key, those that nothing was said about too; in the options' order. */
  public Map<String, String> asMap() {
    Map<String, String> all = new LinkedHashMap<>();
    for (TrainingOption option : TrainingOption.values()) {
      all.put(option.key(), text(option));
    }
    return Collections.unmodifiableMap(all);
  }

  String text(TrainingOption option) {
    @Nullable String text = said.get(option);
    return text == null ? option.defaultText() : text;
  }

  int whole(TrainingOption option) {
    return Integer.parseInt(text(option));
  }

  double number(TrainingOption option) {
    return Double.parseDouble(text(option));
  }

  int rounds() {
    return whole(TrainingOption.ROUNDS);
  }

  int patience() {
    return whole(TrainingOption.PATIENCE);
  }

  double validationShare() {
    return number(TrainingOption.VALIDATION_SHARE);
  }

  double testShare() {
    return number(TrainingOption.TEST_SHARE);
  }

  boolean isRefit() {
    return Boolean.parseBoolean(text(TrainingOption.REFIT));
  }

  /** As many threads as asked for: said outright, XGBoost counts cores a container may not use. */
  int threads() {
    int asked = whole(TrainingOption.THREADS);
    return asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
  }

  /** What a row of label 1 counts, where there are so many of each label. */
  double positiveWeight(long positives, long negatives) {
    String text = text(TrainingOption.CLASS_WEIGHT);
    return text.equals("balanced") ? (double) negatives / positives : Double.parseDouble(text);
  }
}
