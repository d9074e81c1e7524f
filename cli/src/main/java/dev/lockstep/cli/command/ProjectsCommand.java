package dev.lockstep.cli.command;

import dev.lockstep.cli.project.Projects;
import dev.lockstep.cli.result.ProjectsResult;
import dev.lockstep.project.Project;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the projects on the class path. */
@Command(
    name = "projects",
    description = "List the projects that the other commands know by name.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Your own are listed with the class and where it is from, if a jar or folder in",
      "LOCKSTEP_CLASSPATH names them in META-INF/services/dev.lockstep.project.Project."
    })
public final class ProjectsCommand implements Callable<Integer> {
  private static final String EXAMPLES = "dev.lockstep.examples.";

  @Mixin ResultOutput output = new ResultOutput();

  @Override
  public Integer call() {
    PrintWriter out = output.text();
    for (Project project : Projects.all()) {
      out.printf(
          "%-20s %s%s%n",
          project.name(),
          project.description(),
          project.getClass().getName().startsWith(EXAMPLES)
              ? ""
              : " (" + project.getClass().getName() + " of " + Projects.origin(project) + ")");
    }
    output.result(new ProjectsResult(Projects.all().stream().map(ProjectsCommand::known).toList()));
    return 0;
  }

  private static ProjectsResult.Known known(Project project) {
    return new ProjectsResult.Known(
        project.name(),
        project.description(),
        project.getClass().getName(),
        Projects.origin(project));
  }
}
