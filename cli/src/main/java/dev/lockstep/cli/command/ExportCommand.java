package dev.lockstep.cli.command;

import dev.lockstep.beam.export.DatasetExport;
import dev.lockstep.cli.result.ExportResult;
import dev.lockstep.cli.view.ProgressLine;
import dev.lockstep.project.Project;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a training set as CSV or libsvm. */
@Command(
    name = "export",
    description = "Write a training set as CSV or libsvm; as Parquet, others read it as it is.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "CSV has all columns; nulls are empty. libsvm has label and features as a model reads them,",
      "numbered from 0 (FILE.features.txt names them); rows without a label are left out.",
      "",
      "Examples:",
      "  lockstep export flights --format csv --out flights.csv",
      "  lockstep export --from january --format libsvm --out january.libsvm"
    })
public final class ExportCommand implements Callable<Integer> {
  @Mixin ResultOutput output = new ResultOutput();

  @Mixin ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "The training set's folder; default: where the project's backfill writes it.")
  @Nullable Path from;

  @Option(
      names = "--format",
      paramLabel = "csv|libsvm",
      required = true,
      description = "What is written.")
  String format = "";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file.")
  Path out = Path.of("");

  @Option(names = "--replace", description = "Replace a file that is there.")
  boolean replace;

  @Override
  public Integer call() {
    DatasetExport.Format asked = Choices.format(format);
    DatasetExport export = DatasetExport.of(from != null ? from : ofProject());
    try (ProgressLine progress = new ProgressLine("export", export.rows(), "rows")) {
      DatasetExport.Summary summary = export.write(asked, out, replace, progress::reached);
      progress.close();
      PrintWriter shown = output.text();
      shown.printf(
          "%d rows%s%n%s%n",
          summary.rows(),
          summary.withoutLabel() == 0
              ? ""
              : "; left out: " + summary.withoutLabel() + " without a label",
          out.toAbsolutePath());
      output.result(
          new ExportResult(
              out.toAbsolutePath().toString(), format, summary.rows(), summary.withoutLabel()));
    }
    return 0;
  }

  private Path ofProject() {
    Project project = options.project(null);
    return options.workspace(project).training();
  }
}
