package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.project.ProjectTemplate;
import dev.lockstep.cli.result.NewResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a project of one's own. */
@Command(
    name = "new",
    description = {
      "Write a project of your own: a Maven project with features, a test and sample data,",
      "which tests, trains and streams as it is, to be changed into yours."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep new shop && cd shop && ./mvnw verify",
      "  lockstep new card-fraud --package com.acme.cards --in ~/work"
    })
public final class NewCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST = 60;
  private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

  @Mixin ResultOutput output = new ResultOutput();

  @Parameters(
      paramLabel = "NAME",
      description = "The project's name, its folder's, and its artefact's: card-fraud.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  String name;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The Java package; default com.example.NAME.")
  @Nullable String packageName;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "The Maven group; default the package.")
  @Nullable String group;

  @Option(
      names = "--in",
      paramLabel = "DIR",
      defaultValue = "",
      description = "The folder to write the project's folder into; default the current one.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  Path in;

  @Option(
      names = "--repository",
      paramLabel = "URL",
      description = {
        "The Maven repository that has Lockstep's artefacts; default, from a checkout, what",
        "that has built, else Maven Central."
      })
  @Nullable String repository;

  @Override
  public Integer call() throws IOException {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
      throw new CommandException(
          "[" + name + "] can't be a project's name",
          "write up to " + LONGEST + " small letters, digits and single dashes: card-fraud");
    }
    String javaPackage = packageName != null ? packageName : defaultPackage();
    if (!SourceVersion.isName(javaPackage)) {
      throw new CommandException(
          "[" + javaPackage + "] can't be a Java package",
          "give another by --package com.acme.shop");
    }
    Path folder = in.resolve(name).toAbsolutePath().normalize();
    requireFree(folder);
    ProjectTemplate.Names names =
        new ProjectTemplate.Names(
            group != null ? group : javaPackage,
            name,
            javaPackage,
            ProjectTemplate.version(),
            repository != null ? repository : defaultRepository());
    try {
      ProjectTemplate.write(folder, names);
    } catch (IOException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "the project can't be written: " + e.getMessage(),
          "give another folder by --in DIR");
    }
    output.text().println(folder);
    output.text().println("next: cd " + name + " && ./mvnw verify; README.md there says more");
    output.result(new NewResult(folder.toString(), name, javaPackage));
    return 0;
  }

  private String defaultPackage() {
    String last = name.replace("-", "");
    return "com.example." + (SourceVersion.isKeyword(last) ? last + "_" : last);
  }

  private static String defaultRepository() {
    String built = System.getProperty("lockstep.repository", "");
    return built.isEmpty() ? CENTRAL : built;
  }

  private static void requireFree(Path folder) throws IOException {
    boolean isEmpty = !Files.exists(folder);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        isEmpty = files.findAny().isEmpty();
      }
    }
    if (!isEmpty) {
      throw new CommandException(
          folder + " is there already", "choose another name, or another folder by --in DIR");
    }
  }
}
