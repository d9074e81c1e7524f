package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.result.FindingResult;
import dev.lockstep.training.profile.Finding;
import dev.lockstep.training.profile.Finding.Weight;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Findings about a training set as lines of text. */
final class ShownFindings {
  private ShownFindings() {}

  static String text(List<Finding> findings, int most) {
    return findings.stream().limit(most).map(ShownFindings::text).collect(Collectors.joining());
  }

  /** Those that are more than remarks, at most so many, and how many more there are. */
  static String warnings(List<Finding> findings, int most) {
    List<Finding> warnings = findings.stream().filter(atLeast("warning")).toList();
    return text(warnings, most)
        + (warnings.size() > most ? "and " + (warnings.size() - most) + " more on the page\n" : "");
  }

  /** All of them, for JSON. */
  static List<FindingResult> results(List<Finding> findings) {
    return findings.stream()
        .map(
            f -> new FindingResult(f.weight().name().toLowerCase(Locale.ROOT), f.title(), f.text()))
        .toList();
  }

  /**
   * Picks findings that weigh something.
   *
   * @param word serious or warning; null for none
   * @throws CommandException for another word
   */
  static Predicate<Finding> atLeast(@Nullable String word) {
    if (word == null) {
      return finding -> false;
    }
    Weight least =
        switch (word) {
          case "serious" -> Weight.SERIOUS;
          case "warning" -> Weight.WARNING;
          default ->
              throw new CommandException(
                  "no finding weighs [" + word + "]", "name serious or warning");
        };
    return finding -> finding.weight().compareTo(least) <= 0;
  }

  private static String text(Finding finding) {
    String weight =
        switch (finding.weight()) {
          case SERIOUS -> "! ";
          case WARNING -> "* ";
          case REMARK -> "- ";
        };
    return weight + finding.title() + "\n    " + finding.text() + "\n";
  }
}
