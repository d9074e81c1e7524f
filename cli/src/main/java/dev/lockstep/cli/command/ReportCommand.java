package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.result.ReportResult;
import dev.lockstep.project.Project;
import dev.lockstep.training.profile.Finding;
import dev.lockstep.training.profile.page.TrainingReportPage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the page of a training set. */
@Command(
    name = "report",
    description =
        "Show a training set as a page: distributions, drift, relation to the label, leaks.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep report flights",
      "  lockstep report --from january --out january.html",
      "  lockstep report flights --compare event-time",
      "  lockstep report flights --fail-on serious"
    })
public final class ReportCommand implements Callable<Integer> {
  private static final int FINDINGS_SHOWN = 3;

  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "The training set's folder; default: where backfill writes the project's.")
  @Nullable Path from;

  @Option(
      names = "--compare",
      paramLabel = "DIR",
      description = "Another training set of the same requests, such as one by event time.")
  @Nullable Path compare;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page; default: report.html in the training set's folder.")
  @Nullable Path out;

  @Option(
      names = "--fail-on",
      paramLabel = "serious|warning",
      description = "Exit with 1 if there is a finding that weighs so much, or more: for scripts.")
  @Nullable String failOn;

  @Override
  public Integer call() throws Exception {
    Predicate<Finding> fails = ShownFindings.atLeast(failOn);
    Path set = from != null ? from : trainingSet();
    Path page = out != null ? out : set.resolve(TrainingReportPage.FILE);
    if (Files.isDirectory(page)) {
      throw new CommandException(page + " is a folder", "give a file with --out");
    }
    List<Finding> findings =
        compare == null
            ? TrainingReportPage.write(set, page)
            : TrainingReportPage.write(set, compare, page);
    out().print(ShownFindings.text(findings, FINDINGS_SHOWN));
    if (findings.size() > FINDINGS_SHOWN) {
      out().println("and " + (findings.size() - FINDINGS_SHOWN) + " more on the page");
    }
    if (findings.isEmpty()) {
      out().println("nothing stands out: no suspected leak, no drift, no empty feature");
    }
    out().println(page.toAbsolutePath());
    boolean failed = findings.stream().anyMatch(fails);
    output.result(
        new ReportResult(
            page.toAbsolutePath().toString(), ShownFindings.results(findings), failed));
    return failed ? FailureKind.NO : FailureKind.DONE;
  }

  // Without a project too: a folder is enough.
  private Path trainingSet() {
    Project project = options.project(null);
    Path set = options.workspace(project).training();
    if (!Files.isDirectory(set)) {
      throw new CommandException(
          FailureKind.DATA,
          "there is no training set in " + set,
          "make one with ./lockstep backfill "
              + project.name()
              + ", or give its folder with --from");
    }
    return set;
  }

  private PrintWriter out() {
    return output.text();
  }
}
