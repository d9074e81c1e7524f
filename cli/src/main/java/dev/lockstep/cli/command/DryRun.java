package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.Workspace;
import dev.lockstep.cli.result.DryRunResult;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a command would do, gathered while all is checked that can be; nothing is written. */
final class DryRun {
  private final String command;
  private final List<String> checked = new ArrayList<>();
  private final List<String> would = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  DryRun(String command, FeaturePlan plan) {
    this.command = command;
    checked(
        "the definition of %s: %d features, fingerprint %s",
        plan.name(), plan.features().size(), plan.fingerprint());
  }

  /** Something is as it should be. */
  void checked(String format, Object... arguments) {
    checked.add(String.format(Locale.ROOT, format, arguments));
  }

  /** Something would be done. */
  void would(String format, Object... arguments) {
    would.add(String.format(Locale.ROOT, format, arguments));
  }

  /** Only the run itself can tell something. */
  void unknown(String format, Object... arguments) {
    unknown.add(String.format(Locale.ROOT, format, arguments));
  }

  /** Prints what was checked, would be done and can't be known before, or gives it as JSON. */
  void tell(ResultOutput output) {
    PrintWriter out = output.text();
    checked.forEach(line -> out.println("checked: " + line));
    would.forEach(line -> out.println("would: " + line));
    unknown.forEach(line -> out.println("not known before: " + line));
    out.println("dry run: nothing was written or started");
    output.result(new DryRunResult(true, command, checked, would, unknown));
  }

  /**
   * A project's history where its files are; where they aren't yet, in a temporary folder of the
   * system's, for projects that make theirs.
   *
   * @param cleanup removes the temporary folder
   */
  static History history(Definition definition, Workspace workspace, Cleanup cleanup)
      throws IOException {
    Path folder = workspace.history();
    if (!Files.isDirectory(folder)) {
      Path system = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
      folder = cleanup.add(TemporaryFolder.in(system, "lockstep-dry-run-")).path();
    }
    return definition.history(folder);
  }
}
