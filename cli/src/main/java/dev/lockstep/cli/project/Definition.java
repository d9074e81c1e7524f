package dev.lockstep.cli.project;

import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A project as a command runs it: its feature set with the emission asked for.
 *
 * @param project the project
 * @param set its set, with another emission where one was asked for
 */
public record Definition(Project project, FeatureSet<?> set) {

  /** The project's definition, emitting as asked, or as declared where nothing was asked. */
  public static Definition of(Project project, @Nullable Emission emission) {
    FeatureSet<?> set = project.featureSet();
    return new Definition(project, emission == null ? set : set.emittingInstead(emission));
  }

  /** The same as if everything were known when it happened, for comparison only. */
  public Definition asOfEventTime() {
    return new Definition(project, set.asOfEventTime());
  }

  /** The plan with the label, if there is one; of the same fingerprint as without. */
  public FeaturePlan labelledPlan() {
    Label<?> label = project.label();
    return label == null ? plan() : FeaturePlan.of(set, label);
  }

  /**
   * What a model learns to predict.
   *
   * @throws CommandException if the project has no label
   */
  public Label<?> label() {
    Label<?> label = project.label();
    if (label == null) {
      throw lacks("label", "label()", "Label<?>");
    }
    return label;
  }

  /**
   * What is done about a score.
   *
   * @throws CommandException if the project has no action
   */
  public String action() {
    String action = project.action();
    if (action == null) {
      throw lacks("action", "action()", "String");
    }
    return action;
  }

  /**
   * The project's history.
   *
   * @param directory for files that the project makes
   * @throws CommandException if the project has no history
   * @throws IOException if the history can't be read or written
   */
  public History history(Path directory) throws IOException {
    History history = project.history(directory);
    if (history == null) {
      throw lacks("history", "history(Path directory)", "History");
    }
    return history;
  }

  private CommandException lacks(String what, String method, String type) {
    return new CommandException(
        FailureKind.DEFINITION,
        "the project " + project.name() + " has no " + what + ", which this command needs",
        "add public %s %s to %s".formatted(type, method, project.getClass().getName()));
  }

  /** The plan that a stream runs. */
  public FeaturePlan plan() {
    return FeaturePlan.of(set);
  }

  /** The topic of ready vectors, as the stream names it. */
  public String vectorsTopic() {
    return set.name() + ".vectors";
  }

  /** The topic of scores. */
  public String scoresTopic() {
    return set.name() + ".scores";
  }
}
