package dev.lockstep.cli.command;

import dev.lockstep.training.profile.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Findings about a training set as lines of text. */
final class ShownFindings {
  private ShownFindings() {}

  static String text(List<Finding> findings, int most) {
    return findings.stream().limit(most).map(ShownFindings::text).collect(Collectors.joining());
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
