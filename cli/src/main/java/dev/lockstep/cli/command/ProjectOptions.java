package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Projects;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.define.Emission;
import dev.lockstep.project.Project;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which project, with which emission, and where its files are. */
final class ProjectOptions {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "The project; `lockstep projects` lists them.")
  @Nullable String name;

  @Option(
      names = "--project-class",
      paramLabel = "CLASS",
      description = "A project of your own by its class, such as com.acme.MyProject.")
  @Nullable String projectClass;

  @Option(
      names = "--emit",
      paramLabel = "ordered|onArrival",
      converter = EmissionConverter.class,
      description = "When vectors leave the stream; default: as the project declares.")
  @Nullable Emission emission;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where files are kept; default .lockstep in the working folder.")
  @Nullable Path data;

  /** Reads an emission as the DSL spells it. */
  static final class EmissionConverter implements ITypeConverter<Emission> {
    @Override
    public Emission convert(String value) {
      return switch (value) {
        case "ordered" -> Emission.ordered();
        case "onArrival" -> Emission.onArrival();
        default -> throw new TypeConversionException("write ordered or onArrival, not " + value);
      };
    }

    static String text(Emission emission) {
      return emission == Emission.ORDERED ? "ordered" : "onArrival";
    }
  }

  Project project(@Nullable String defaultName) {
    if (projectClass != null) {
      return Projects.ofClass(projectClass);
    }
    String asked = name != null ? name : defaultName;
    if (asked == null) {
      throw new CommandException(
          "no project is named",
          "name one of "
              + String.join(", ", Projects.all().stream().map(Project::name).toList())
              + ", or give --project-class");
    }
    return Projects.named(asked);
  }

  Definition definition() {
    return definition(null);
  }

  Definition definition(@Nullable String defaultName) {
    return Definition.of(project(defaultName), emission);
  }

  Workspace workspace(Project project) {
    return Workspace.of(dataFolder(data), project.name());
  }

  /** The same, with no folder made that isn't there. */
  Workspace untouched(Project project) {
    return Workspace.untouched(dataFolder(data), project.name());
  }

  /** The folder given, else the usual one: where the user is, not where this program lives. */
  static Path dataFolder(@Nullable Path given) {
    if (given != null) {
      return given;
    }
    return Path.of(".lockstep");
  }
}
