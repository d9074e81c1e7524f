package dev.lockstep.cli.project;

import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Project;
import dev.lockstep.plan.FeaturePlan;
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

  /** The plan with the label; of the same fingerprint as without. */
  public FeaturePlan labelledPlan() {
    return FeaturePlan.of(set, project.label());
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
