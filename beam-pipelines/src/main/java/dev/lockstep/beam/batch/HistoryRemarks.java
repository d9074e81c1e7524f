package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryFiles;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What was assumed of a history or left out of it, in words: for manifest, report and terminal. */
final class HistoryRemarks {
  private static final int MOST_SHOWN = 3;

  private final Set<String> remarks = new LinkedHashSet<>();

  /** Adds what there is to say of a source's files. */
  void add(SourcePlan source, HistoryFiles.Inspected history) {
    add(source, source.name(), history.files());
    passedOver(source.name(), history.passedOver());
  }

  /**
   * Adds what there is to say of files.
   *
   * @param of what they are called: the source's name, or the spine
   */
  void add(SourcePlan source, String of, List<HistoryFile> files) {
    for (RecordSchema.Component component : source.schema().components()) {
      String name = component.fieldName();
      long lacking = count(files, HistoryFile::missing, name);
      if (lacking > 0) {
        remarks.add(
            of
                + ": ["
                + name
                + "] is missing in "
                + outOf(lacking, files.size())
                + (component.nullable()
                    ? "; it is null in their rows"
                    : "; it can't be null, so that each of their rows is a data error"));
      }
      long local = count(files, HistoryFile::withoutZone, name);
      if (local > 0) {
        remarks.add(
            of
                + ": ["
                + name
                + "] is without zone in "
                + outOf(local, files.size())
                + ", taken as "
                + zone(source));
      }
    }
  }

  /** Adds which files and folders were passed over. */
  void passedOver(String of, Collection<Path> passedOver) {
    if (passedOver.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    passedOver.stream().limit(MOST_SHOWN).forEach(p -> names.add(p.getFileName().toString()));
    int more = passedOver.size() - names.size();
    remarks.add(
        of
            + ": "
            + passedOver.size()
            + " passed over (hidden, or no *.parquet): "
            + String.join(", ", names)
            + (more > 0 ? " and " + more + " more" : ""));
  }

  private static String zone(SourcePlan source) {
    String zone = source.record().instants().zone().getId();
    return zone.equals("Z") ? "UTC" : zone;
  }

  private static long count(
      List<HistoryFile> files, Function<HistoryFile, List<String>> names, String name) {
    return files.stream().filter(f -> names.apply(f).contains(name)).count();
  }

  private static String outOf(long some, int all) {
    return some + " of " + all + (all == 1 ? " file" : " files");
  }

  List<String> list() {
    return List.copyOf(remarks);
  }
}
