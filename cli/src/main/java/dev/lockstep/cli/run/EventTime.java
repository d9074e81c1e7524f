package dev.lockstep.cli.run;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Projects;
import dev.lockstep.define.Project;

/**
 * A project's definition as a system that knows event time only would compute it: every event
 * counts as available when it happened.
 */
final class EventTime {
  private static final String SUFFIX = "-event-time";

  private EventTime() {}

  /**
   * The same features, joined by event time.
   *
   * @throws CommandException if the project has none
   */
  static Definition of(Definition asKnown) {
    String name = asKnown.project().name() + SUFFIX;
    Project twin =
        Projects.all().stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandException(
                        asKnown.project().name() + " has no definition by event time",
                        "register a project " + name + ", its sources available at event time"));
    return Definition.of(twin, asKnown.set().emission());
  }
}
