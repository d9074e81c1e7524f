package dev.lockstep.training.train;

import dev.lockstep.training.TrainingException.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which features a model reads, and which of them may only raise or lower its score.
 *
 * @param names in the order of the features that there are
 * @param directions one a name: 1 where a greater value may only raise the score, -1 where it may
 *     only lower it, else 0
 */
record FeatureChoice(List<String> names, List<Integer> directions) {

  /**
   * What options say of the features that there are.
   *
   * @param problems patterns and constraints that are of no feature are added
   */
  static FeatureChoice of(TrainingOptions options, List<String> features, List<Problem> problems) {
    List<Pattern> included = patterns(options, TrainingOption.INCLUDE, features, problems);
    List<Pattern> excluded = patterns(options, TrainingOption.EXCLUDE, features, problems);
    List<String> names =
        features.stream().filter(f -> matches(included, f) && !matches(excluded, f)).toList();
    if (names.isEmpty() && !features.isEmpty()) {
      problems.add(
          new Problem(
              "include and exclude leave no feature to learn from",
              "let some of " + features + " be read"));
    }
    Map<String, Integer> directions = directions(options, names, features, problems);
    return new FeatureChoice(
        names, names.stream().map(n -> directions.getOrDefault(n, 0)).toList());
  }

  private static List<Pattern> patterns(
      TrainingOptions options,
      TrainingOption option,
      List<String> features,
      List<Problem> problems) {
    List<Pattern> patterns = new ArrayList<>();
    for (String glob : parts(options.text(option))) {
      Pattern pattern = pattern(glob);
      patterns.add(pattern);
      if (!glob.equals("*") && features.stream().noneMatch(f -> pattern.matcher(f).matches())) {
        problems.add(
            new Problem(
                option.key() + ": [" + glob + "] is of no feature that a model can read",
                "name some of " + features));
      }
    }
    return patterns;
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(p -> p.matcher(name).matches());
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        glob.chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining()));
  }

  private static Map<String, Integer> directions(
      TrainingOptions options, List<String> names, List<String> features, List<Problem> problems) {
    Map<String, Integer> directions = new LinkedHashMap<>();
    for (String part : parts(options.text(TrainingOption.MONOTONE))) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals).strip();
      String way = equals < 0 ? "" : part.substring(equals + 1).strip();
      if (!features.contains(name)) {
        problems.add(
            new Problem(
                "monotone: there is no feature [" + name + "] that a model can read",
                "name some of " + features));
      } else if (!names.contains(name)) {
        problems.add(
            new Problem(
                "monotone: [" + name + "] is left out by include or exclude",
                "drop the constraint, or let the feature be read"));
      } else if (!way.matches("[+-]?1")) {
        problems.add(
            new Problem(
                "monotone: [" + part + "] says no direction",
                "write "
                    + name
                    + "=+1 if a greater value may only raise the score, =-1 if only"
                    + " lower it"));
      } else if (directions.put(name, Integer.parseInt(way)) != null) {
        problems.add(new Problem("monotone: [" + name + "] is named twice", "say one direction"));
      }
    }
    return directions;
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  boolean isConstrained() {
    return directions.stream().anyMatch(d -> d != 0);
  }

  /** As XGBoost reads them: "(1,0,-1)". */
  String constraints() {
    return directions.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
  }
}
