package dev.lockstep.cli.run;

import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.project.Projects;
import dev.lockstep.cli.result.PlanAfter;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.PlanChange;
import dev.lockstep.plan.PlanDifference;
import dev.lockstep.project.Project;
import dev.lockstep.wire.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a change of a definition does to what another one left.
 *
 * <p>Of a project all is known. A folder's manifest has the old plan's text, which says whether the
 * definition is the same and which rules differ; it can't be made a plan again, so it doesn't say
 * which features' states go on.
 *
 * @param text for people
 * @param result for JSON
 */
public record BeforeAndAfter(String text, PlanAfter result) {

  /** What a folder's manifest says. */
  private record Left(String kind, String fingerprint, String planText) {}

  /**
   * The change from what was there.
   *
   * @param before a project's name; or the folder of a model, a training set, a day, or a snapshot
   * @throws CommandException if it is neither
   * @throws IOException if a manifest can't be read
   */
  public static BeforeAndAfter of(String before, Definition now) throws IOException {
    Optional<Project> project =
        Projects.all().stream().filter(p -> p.name().equals(before)).findFirst();
    Path folder = Path.of(before);
    if (project.isPresent() || !Files.isDirectory(folder)) {
      FeaturePlan old = Definition.of(project.orElseGet(() -> Projects.named(before)), null).plan();
      return ofProject(before, old, now.plan());
    }
    return ofFolder(folder, left(folder), now.plan());
  }

  private static BeforeAndAfter ofProject(String name, FeaturePlan old, FeaturePlan plan) {
    PlanChange change = FeaturePlan.diff(old, plan);
    List<PlanAfter.Fate> fates =
        change.features().stream()
            .map(
                f ->
                    new PlanAfter.Fate(
                        f.view(), f.name(), f.fate().name().toLowerCase(Locale.ROOT), f.reason()))
            .toList();
    return new BeforeAndAfter(
        change.toString(),
        new PlanAfter(
            name,
            "project",
            old.fingerprint(),
            old.fingerprint().equals(plan.fingerprint()),
            fates,
            PlanDifference.lines(old.text(), plan.text())));
  }

  private static BeforeAndAfter ofFolder(Path folder, Left left, FeaturePlan plan) {
    boolean same = left.fingerprint.equals(plan.fingerprint());
    List<String> differences = PlanDifference.lines(left.planText, plan.text());
    String text =
        same
            ? "the "
                + left.kind
                + " in "
                + folder
                + " is of this definition (fingerprint "
                + left.fingerprint
                + "): all goes on\n"
            : "the "
                + left.kind
                + " in "
                + folder
                + " is of another definition, and is refused (- its, + the one now):\n"
                + differences.stream().map(d -> "  " + d + "\n").collect(Collectors.joining())
                + "which features' state goes on is told by the old definition alone: --after its"
                + " project\n";
    return new BeforeAndAfter(
        text,
        new PlanAfter(
            folder.toAbsolutePath().toString(),
            left.kind,
            left.fingerprint,
            same,
            null,
            differences));
  }

  private static Left left(Path folder) throws IOException {
    if (Files.exists(folder.resolve(ModelManifest.MANIFEST_FILE))) {
      ModelManifest model = ModelManifest.read(folder);
      return new Left("model", model.fingerprint(), model.planText());
    }
    if (Files.exists(folder.resolve(Manifest.FILE))) {
      return trainingSet(Manifest.read(folder));
    }
    try {
      Snapshot snapshot = Snapshot.read(SnapshotFolder.found(folder));
      return new Left("snapshot", snapshot.fingerprint(), snapshot.planText());
    } catch (SnapshotException e) {
      return days(folder);
    }
  }

  /** Days that keep no snapshot any more are a training set all the same. */
  private static Left days(Path folder) {
    try {
      return trainingSet(Manifest.read(folder));
    } catch (TrainingSetException e) {
      throw new CommandException(
          FailureKind.DATA,
          folder + " holds no model, snapshot or training set",
          "give the folder that train or backfill wrote, or a project's name");
    }
  }

  private static Left trainingSet(Manifest set) {
    return new Left("training set", set.fingerprint(), set.planText());
  }
}
