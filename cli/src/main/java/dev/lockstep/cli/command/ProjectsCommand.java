package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Projects;
import dev.lockstep.define.Project;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the projects on the class path. */
@Command(
    name = "projects",
    description = "List the projects that the other commands know by name.",
    mixinStandardHelpOptions = true)
public final class ProjectsCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Project project : Projects.all()) {
      out.printf("%-18s %s%n", project.name(), project.description());
    }
    out.flush();
    return 0;
  }
}
