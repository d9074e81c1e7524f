package dev.lockstep.cli.project;

import dev.lockstep.project.Project;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The projects on the class path. */
public final class Projects {
  private Projects() {}

  /** All that are registered as a service, by name. */
  public static List<Project> all() {
    try {
      return StreamSupport.stream(ServiceLoader.load(Project.class).spliterator(), false)
          .sorted(Comparator.comparing(Project::name))
          .toList();
    } catch (ServiceConfigurationError e) {
      throw new CommandException(
          "a project that the class path names can't be made: " + e.getMessage(),
          "correct META-INF/services/dev.lockstep.project.Project in the jar or folder that"
              + " LOCKSTEP_CLASSPATH names, or take it out");
    }
  }

  /** The jar or folder that brings a project. */
  public static String origin(Project project) {
    CodeSource source = project.getClass().getProtectionDomain().getCodeSource();
    URL place = source == null ? null : source.getLocation();
    if (place == null) {
      return "unknown";
    }
    try {
      return Path.of(place.toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return place.toString(); // as where it is in a jar within a jar
    }
  }

  /**
   * The registered project of a name.
   *
   * @throws CommandException if there is none; it lists those that exist
   */
  public static Project named(String name) {
    List<Project> all = all();
    return all.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "no project is called [" + name + "]",
                    Nearest.to(name, all.stream().map(Project::name).toList())
                            .map(nearest -> "did you mean " + nearest + "? Else name one of ")
                            .orElse("name one of ")
                        + all.stream().map(Project::name).collect(Collectors.joining(", "))
                        + ", or give your own by --project-class com.acme.MyProject with its jar in"
                        + " LOCKSTEP_CLASSPATH"));
  }

  /**
   * A project by its class.
   *
   * @throws CommandException if there is no such class, or it is no project that can be made
   */
  public static Project ofClass(String className) {
    try {
      return Class.forName(className)
          .asSubclass(Project.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw new CommandException(
          "there is no class " + className,
          "put the jar or folder that holds it into the environment variable LOCKSTEP_CLASSPATH");
    } catch (ClassCastException e) {
      throw notAProject(className, "it implements no Project");
    } catch (ReflectiveOperationException e) {
      throw notAProject(className, "it can't be made: " + root(e));
    }
  }

  private static String root(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.toString() : root(cause);
  }

  private static CommandException notAProject(String className, String why) {
    return new CommandException(
        className + " can't be used as a project: " + why,
        "implement dev.lockstep.project.Project in a public class whose public constructor has no"
            + " parameters");
  }
}
