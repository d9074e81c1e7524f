package dev.lockstep.training.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something that can be said about a training: its key, what it may be, its default. */
public enum TrainingOption {
  ROUNDS("150", OptionRule.whole(1, 100_000), "how many trees at most"),
  PATIENCE(
      "15",
      OptionRule.whole(1, 100_000),
      "stop after so many rounds without a better AUC on the validation part"),
  MAX_DEPTH("6", OptionRule.whole(1, 16), "splits on the way from a tree's root to a leaf"),
  LEARNING_RATE("0.15", OptionRule.overZeroUpTo(1), "how much of each tree's answer is taken"),
  MIN_CHILD_WEIGHT("1", OptionRule.atLeast(0), "the least sum of hessians in a leaf"),
  GAMMA("0", OptionRule.atLeast(0), "the least gain of a split"),
  LAMBDA("1", OptionRule.atLeast(0), "L2 penalty on leaves"),
  ALPHA("0", OptionRule.atLeast(0), "L1 penalty on leaves"),
  SUBSAMPLE("1", OptionRule.overZeroUpTo(1), "the share of rows that each tree sees"),
  COLSAMPLE("1", OptionRule.overZeroUpTo(1), "the share of features that each tree sees"),
  MAX_BINS("256", OptionRule.whole(2, 65_536), "the most bins in a feature's histogram"),
  CLASS_WEIGHT(
      "1",
      OptionRule.wordOrOverZero("balanced"),
      "what a row of label 1 counts; balanced: both labels count alike"),
  MONOTONE(
      "",
      OptionRule.text("features with +1 or -1, such as amount=+1,age=-1"),
      "features that may only raise (+1) or lower (-1) the score"),
  INCLUDE("*", OptionRule.text("names with * and ?, by commas"), "the features to read"),
  EXCLUDE("", OptionRule.text("names with * and ?, by commas"), "of these, those to leave out"),
  VALIDATION_SHARE(
      "0.2",
      OptionRule.share(),
      "the share of the time range, before the test part, that chooses the number of trees"),
  TEST_SHARE("0.2", OptionRule.share(), "the last share of the time range, that chooses nothing"),
  REFIT(
      "true",
      OptionRule.trueOrFalse(),
      "grow the chosen number of trees again, from the validation part as well"),
  THREADS("0", OptionRule.whole(0, 1024), "threads that grow trees; 0 for one a core"),
  SEED("1", OptionRule.whole(0, Integer.MAX_VALUE), "of the samples of rows and features");

  private final String defaultText;
  private final OptionRule rule;
  private final String meaning;

  TrainingOption(String defaultText, OptionRule rule, String meaning) {
    this.defaultText = defaultText;
    this.rule = rule;
    this.meaning = meaning;
  }

  /** As files and options spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value where nothing is said. */
  public String defaultText() {
    return defaultText;
  }

  /** What it may be, for people. */
  public String range() {
    return rule.description();
  }

  /** What it does, for people. */
  public String meaning() {
    return meaning;
  }

  boolean allows(String text) {
    return rule.allows(text);
  }

  /** All keys, in their order. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(TrainingOption::key).toList();
  }

  static Optional<TrainingOption> of(String key) {
    return Arrays.stream(values()).filter(o -> o.key().equals(key)).findFirst();
  }
}
