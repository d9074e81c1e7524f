package dev.lockstep.beam.write;

import dev.lockstep.plan.PlanReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Training sets of days in one folder, {@code date=2001-01-07}, read as one. */
final class DayFolders {
  /** What is being written, or was replaced, has a longer name. */
  private static final Pattern NAME = Pattern.compile("date=\\d{4}-\\d\\d-\\d\\d");

  private static final String IMMATURE = "immature/";

  private DayFolders() {}

  /** The published days of a folder, in order; none where it isn't a folder of days. */
  static List<Path> of(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> days = Files.list(folder)) {
      return days.filter(d -> NAME.matcher(d.getFileName().toString()).matches())
          .filter(d -> Files.isRegularFile(d.resolve(Manifest.FILE)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new TrainingSetException(folder + " can't be listed (" + e + ")", e);
    }
  }

  /**
   * What days are together.
   *
   * @param days at least one
   * @throws TrainingSetException if they aren't of one definition
   */
  static Manifest together(Path folder, List<Path> days) {
    List<Manifest> manifests = days.stream().map(Manifest::read).toList();
    Manifest last = manifests.get(manifests.size() - 1);
    Map<String, Long> counts = new TreeMap<>();
    Set<String> assumedOnTime = new LinkedHashSet<>();
    List<Manifest.SourceFile> files = new ArrayList<>();
    for (Manifest day : manifests) {
      if (!day.fingerprint().equals(last.fingerprint())
          || !day.schema().columns().equals(last.schema().columns())) {
        throw new TrainingSetException(
            folder
                + " holds days of two definitions: "
                + days.get(manifests.indexOf(day)).getFileName()
                + " has the fingerprint "
                + day.fingerprint()
                + ", the last day "
                + last.fingerprint()
                + "; backfill the days anew into another folder",
            null);
      }
      if (!Objects.equals(day.labelText(), last.labelText())) {
        throw new TrainingSetException(
            folder
                + " holds days of two labels: "
                + days.get(manifests.indexOf(day)).getFileName()
                + " has ["
                + PlanReading.of(String.valueOf(day.labelText()))
                + "], the last day ["
                + PlanReading.of(String.valueOf(last.labelText()))
                + "]; backfill the days anew into another folder",
            null);
      }
      // Who waits for a label waits in the last day: those before have handed them on.
      day.counts().entrySet().stream()
          .filter(c -> day == last || !c.getKey().startsWith(IMMATURE))
          .forEach(c -> counts.merge(c.getKey(), c.getValue(), Long::sum));
      assumedOnTime.addAll(day.assumedOnTime());
      files.addAll(day.sourceFiles());
    }
    return new Manifest(
        last.featureSet(),
        last.fingerprint(),
        last.planText(),
        last.schema(),
        manifests.stream().mapToLong(Manifest::rows).sum(),
        first(manifests),
        last(manifests),
        last.until(),
        counts,
        List.copyOf(assumedOnTime),
        files,
        last.run(),
        last.codeVersion(),
        last.labelText(),
        manifests.stream().flatMap(m -> m.remarks().stream()).distinct().toList());
  }

  private static @Nullable Instant first(List<Manifest> days) {
    return days.stream()
        .map(Manifest::firstEventTime)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static @Nullable Instant last(List<Manifest> days) {
    return days.stream()
        .map(Manifest::lastEventTime)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
