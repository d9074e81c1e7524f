package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.GroupTimes;
import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.beam.read.HistoryFiles;
import dev.lockstep.beam.read.HistoryRange;
import dev.lockstep.beam.read.SpineFile;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill reads of the history that it is given.
 *
 * @param files that are read, each checked against the plan
 * @param checksums of these
 * @param groups the row groups that are read, the requests' first
 * @param skipped counts of the rows of row groups that the footers say can't matter
 * @param horizonMicros all that was available before it is there (L5)
 * @param remarks what was assumed of the files given, or left out of them
 * @param modified when the files given were last changed, where that tells of a change
 */
record ChosenHistory(
    List<HistoryFile> files,
    List<Manifest.SourceFile> checksums,
    List<RowGroup> groups,
    Tally skipped,
    long horizonMicros,
    List<String> remarks,
    Map<String, Long> modified) {

  /**
   * Looks into all files given, and chooses.
   *
   * @param spine files whose rows ask; none where the requests' events do
   * @param before what a run goes on from: files that it holds aren't read again; null for none
   * @throws dev.lockstep.beam.read.HistoryFileException if a file isn't what the plan reads
   * @throws IllegalArgumentException if nothing is given of a source
   */
  static ChosenHistory of(
      Definition definition,
      FeaturePlan plan,
      Map<String, ? extends List<Path>> given,
      List<Path> spine,
      @Nullable Snapshot before) {
    HistoryRemarks remarks = new HistoryRemarks();
    List<HistoryFile> all = inspect(plan, given, remarks);
    Map<String, Integer> places = places(plan, all);
    all.sort(Comparator.comparing((HistoryFile f) -> f.source() != plan.requestSource().index()));
    if (definition.states() != null) {
      all.removeIf(file -> beginsAfter(file, definition.untilMicros()));
    }
    StateFolders states = definition.states();
    FileDigests digests = FileDigests.of(before, states == null ? null : states.before());
    List<Manifest.SourceFile> sums = digests.of(all, f -> plan.sources().get(f.source()).name());
    List<HistoryFile> files = new ArrayList<>();
    List<Manifest.SourceFile> checksums = new ArrayList<>();
    for (int f = 0; f < all.size(); f++) {
      Manifest.SourceFile sum = sums.get(f);
      if (before == null || !before.holds(sum.source(), sum.sha256())) {
        files.add(all.get(f));
        checksums.add(sum);
      }
    }
    Tally skipped = new Tally();
    List<HistoryFile> asking = inspectSpine(plan, spine, remarks);
    checksums.addAll(digests.of(asking, f -> Tally.SPINE));
    List<RowGroup> groups = groups(definition, plan, files, places, asking, skipped);
    return new ChosenHistory(
        files,
        checksums,
        groups,
        skipped,
        horizonMicros(definition, plan, files),
        remarks.list(),
        digests.modified());
  }

  /** Looks into all files given without reading them, and chooses none. */
  static Backfill.Looked look(
      FeaturePlan plan, Map<String, ? extends List<Path>> given, List<Path> spine) {
    HistoryRemarks remarks = new HistoryRemarks();
    List<HistoryFile> all = new ArrayList<>(inspect(plan, given, remarks));
    all.addAll(inspectSpine(plan, spine, remarks));
    long rows = all.stream().flatMap(f -> f.groupRows().stream()).mapToLong(Long::longValue).sum();
    return new Backfill.Looked(all.size(), rows, remarks.list());
  }

  /**
   * The places of tables' files among all that are given, by path in byte order, those that a
   * snapshot holds included: of versions equal in key and times the last one counts (C10).
   */
  private static Map<String, Integer> places(FeaturePlan plan, List<HistoryFile> given) {
    List<String> paths =
        given.stream()
            .filter(file -> plan.sources().get(file.source()).table())
            .map(HistoryFile::path)
            .sorted(ValueOrder::compareText)
            .toList();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      places.put(paths.get(i), i);
    }
    return places;
  }

  /** Until when it was asked for, else until when anything of the label's source is there. */
  private static long horizonMicros(
      Definition definition, FeaturePlan plan, List<HistoryFile> files) {
    LabelPlan label = plan.label().orElse(null);
    if (label == null || label.maturityMicros().isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (definition.settings().until() != null) {
      return definition.untilMicros();
    }
    long last = Long.MIN_VALUE;
    for (HistoryFile file : files) {
      if (file.source() != label.source()) {
        continue;
      }
      for (GroupTimes times : file.groupTimes()) {
        Long greatest = times.maxAvailableAt();
        if (greatest == null) {
          throw new HistoryFileException(
              file.path()
                  + " doesn't tell until when it goes (its footer has no statistics of the times),"
                  + " so nothing says which labels are final\n    cure: say until when (--until)",
              null);
        }
        last = Math.max(last, greatest);
      }
    }
    return last;
  }

  private static List<HistoryFile> inspect(
      FeaturePlan plan, Map<String, ? extends List<Path>> given, HistoryRemarks remarks) {
    List<String> missing =
        plan.sources().stream().map(SourcePlan::name).filter(n -> !given.containsKey(n)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "no history is given of "
              + missing
              + ", which feature set "
              + plan.name()
              + " reads; given is: "
              + given.keySet().stream().sorted().toList());
    }
    List<HistoryFile> found = new ArrayList<>();
    for (SourcePlan source : plan.sources()) {
      List<Path> ofSource = given.get(source.name());
      if (ofSource != null) {
        HistoryFiles.Inspected inspected = HistoryFiles.look(source, ofSource);
        remarks.add(source, inspected);
        found.addAll(inspected.files());
      }
    }
    return found;
  }

  private static List<HistoryFile> inspectSpine(
      FeaturePlan plan, List<Path> given, HistoryRemarks remarks) {
    List<HistoryFile> files = new ArrayList<>();
    HistoryFiles.Found found = HistoryFiles.find("the spine", given);
    for (Path path : found.files()) {
      try (SpineFile file = new SpineFile(plan, path.toString())) {
        files.add(file.inspected());
      }
    }
    remarks.add(plan.requestSource(), "the spine", files);
    remarks.passedOver("the spine", found.passedOver());
    return files;
  }

  /** A file of a later day stays for its day: the snapshot needn't carry its rows. */
  private static boolean beginsAfter(HistoryFile file, long untilMicros) {
    return !file.groupTimes().isEmpty()
        && file.groupTimes().stream()
            .map(GroupTimes::minAvailableAt)
            .allMatch(min -> min != null && min >= untilMicros);
  }

  private static List<RowGroup> groups(
      Definition definition,
      FeaturePlan plan,
      List<HistoryFile> files,
      Map<String, Integer> places,
      List<HistoryFile> spine,
      Tally skipped) {
    List<RowGroup> groups = new ArrayList<>();
    long range = 0;
    for (HistoryFile file : spine) {
      long firstRow = 0;
      for (int g = 0; g < file.groupRows().size(); g++) {
        long rows = file.groupRows().get(g);
        RowGroup group =
            new RowGroup(file.source(), true, file.path(), 0, g, firstRow, rows, range);
        groups.add(group);
        range = group.endRange();
        firstRow += rows;
      }
    }
    for (HistoryFile file : files) {
      SourcePlan source = plan.sources().get(file.source());
      HistoryRange matters = rangeOf(definition, plan, source);
      long firstRow = 0;
      for (int g = 0; g < file.groupRows().size(); g++) {
        long rows = file.groupRows().get(g);
        GroupTimes times = file.groupTimes().get(g);
        if (matters.canSkip(times)) {
          Long least = times.minAvailableAt();
          boolean notYet = least != null && least >= definition.untilMicros();
          long counted = plan.isReadAgain(source) ? 0 : rows;
          skipped.add(Tally.of("rows", source.name()), counted);
          skipped.add(Tally.of(notYet ? "notYetKnown" : "tooOld", source.name()), counted);
        } else {
          RowGroup group =
              new RowGroup(
                  file.source(),
                  false,
                  file.path(),
                  places.getOrDefault(file.path(), 0),
                  g,
                  firstRow,
                  rows,
                  range);
          groups.add(group);
          range = group.endRange();
        }
        firstRow += rows;
      }
    }
    return groups;
  }

  /** What can matter of a source; where a snapshot is written, all of its files. */
  private static HistoryRange rangeOf(Definition definition, FeaturePlan plan, SourcePlan source) {
    if (definition.states() != null) {
      return HistoryRange.ALL;
    }
    long until = definition.untilMicros();
    return new HistoryRange(
        firstThatMatters(definition, plan, source), until == Long.MAX_VALUE ? null : until);
  }

  /**
   * Before when nothing of a source matters to requests from {@code from} on: neither in their
   * windows, nor as the first copy of something that is. Null where that may be ever so old.
   */
  private static @Nullable Long firstThatMatters(
      Definition definition, FeaturePlan plan, SourcePlan source) {
    boolean ofLabel = plan.label().map(l -> l.source() == source.index()).orElse(false);
    boolean isForever = plan.views().stream().anyMatch(v -> v.isForever());
    if (definition.settings().from() == null || source.table() || ofLabel || isForever) {
      return null;
    }
    long reach = plan.views().stream().mapToLong(v -> v.reachMicros()).max().orElse(0);
    long micros = Micros.of(definition.settings().from());
    micros = Micros.minusSaturating(micros, plan.requestSource().latenessMicros());
    micros = Micros.minusSaturating(micros, reach);
    micros = Micros.minusSaturating(micros, source.latenessMicros());
    return Micros.minusSaturating(micros, source.clockSkewMicros());
  }

  /** All rows of the row groups that are read. */
  long rows() {
    return groups.stream().mapToLong(RowGroup::rows).sum();
  }

  /** Those that ask. */
  long requests(FeaturePlan plan) {
    boolean spine = groups.stream().anyMatch(RowGroup::spine);
    return groups.stream()
        .filter(g -> spine ? g.spine() : g.source() == plan.requestSource().index())
        .mapToLong(RowGroup::rows)
        .sum();
  }

  /** What to tell of rows that ask before or behind the events' history, as far as footers say. */
  @Nullable String outside(FeaturePlan plan, Manifest written) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (HistoryFile file : files) {
      for (GroupTimes times : file.groupTimes()) {
        Long least = times.minEventTime();
        Long greatest = times.maxEventTime();
        if (!plan.sources().get(file.source()).table() && least != null && greatest != null) {
          first = Math.min(first, least);
          last = Math.max(last, greatest);
        }
      }
    }
    if (written.firstEventTime() == null || written.lastEventTime() == null || first > last) {
      return null;
    }
    boolean inside =
        Micros.of(written.firstEventTime()) >= first && Micros.of(written.lastEventTime()) <= last;
    return inside
        ? null
        : "the spine asks from "
            + written.firstEventTime()
            + " to "
            + written.lastEventTime()
            + ", the history goes from "
            + Micros.toInstant(first)
            + " to "
            + Micros.toInstant(last)
            + ": who asks outside gets features of what is there, mostly empty\n    cure: check the"
            + " spine's times (zone, unit), or give more history";
  }
}
