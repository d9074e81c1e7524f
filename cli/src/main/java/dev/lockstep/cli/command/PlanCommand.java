package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.result.PlanResult;
import dev.lockstep.cli.run.BeforeAndAfter;
import dev.lockstep.define.About;
import dev.lockstep.define.DefinitionWarning;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a project's plan, or all errors of its definition. */
@Command(
    name = "plan",
    description = "Print what a project's features are, or every mistake of its definition.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep plan flights",
      "  lockstep plan flights --after flights-event-time",
      "                             what becomes of its state when another definition's was there",
      "  lockstep plan flights --after .lockstep/flights/model",
      "                             whether that model can score it, and what differs",
      "  lockstep plan mistakes     what errors look like: each with its cure"
    })
public final class PlanCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--after",
      paramLabel = "PROJECT|DIR",
      description = {
        "Print what the change does to what another definition left: a project's name, or the",
        "folder of a model, a snapshot or a training set."
      })
  @Nullable String after;

  @Override
  public Integer call() throws IOException {
    Definition definition = options.definition();
    FeaturePlan plan = definition.labelledPlan();
    BeforeAndAfter change = after == null ? null : BeforeAndAfter.of(after, definition);
    output.text().print(change == null ? plan.explain() + "\n" : change.text());
    output.result(result(plan, change));
    return 0;
  }

  private static List<PlanResult.Feature> features(FeaturePlan plan) {
    List<PlanResult.Feature> features = new ArrayList<>();
    for (int i = 0; i < plan.features().size(); i++) {
      FeatureColumn feature = plan.features().get(i);
      features.add(
          new PlanResult.Feature(
              feature.name(),
              feature.type().name(),
              feature.isDerived(),
              plan.describe(i),
              about(plan.about().ofFeature(feature.name()))));
    }
    return features;
  }

  private static PlanResult.@Nullable About about(About about) {
    return about.isEmpty()
        ? null
        : new PlanResult.About(
            said(about.description()),
            said(about.owner()),
            about.tags().isEmpty() ? null : about.tags(),
            said(about.unit()),
            about.isSensitive() ? true : null,
            about.successor());
  }

  private static @Nullable String said(String text) {
    return text.isEmpty() ? null : text;
  }

  private static PlanResult result(FeaturePlan plan, @Nullable BeforeAndAfter change) {
    return new PlanResult(
        plan.name(),
        plan.fingerprint(),
        ProjectOptions.EmissionConverter.text(plan.emission()),
        plan.requestSource().name(),
        features(plan),
        plan.label().map(LabelPlan::name).orElse(null),
        plan.warnings().stream().map(DefinitionWarning::toString).toList(),
        change == null ? null : change.result());
  }
}
