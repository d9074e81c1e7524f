package dev.lockstep.cli.run;

import dev.lockstep.beam.kafka.Reasons;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.parity.Difference;
import dev.lockstep.beam.parity.ParityReport;
import dev.lockstep.cli.result.ParityResult;
import dev.lockstep.define.Emission;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of a stream with batch gave, in words and as a result.
 *
 * @param notes what was found before
 */
public record ParityText(FeaturePlan plan, ParityReport report, List<String> notes) {
  private static final int MOST_REASONS = 20;

  /** Lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(notes);
    lines.add(
        vectors()
            + ": "
            + counted(report.compared(), "vector")
            + " compared with batch, "
            + report.same()
            + " identical");
    add(lines, "differing", report.differing(), "vector", ", and nothing explains it");
    add(
        lines,
        "explained",
        report.explained(),
        "vector",
        "; rows came behind their partition's progress (overdue): see disorder and visibleWithin");
    add(
        lines,
        "missed",
        report.missed(),
        "vector",
        "; events were known, but not yet read: onArrival() allows it, ordered() doesn't");
    add(lines, "unanswered", report.unanswered(), "request", ", though later ones were answered");
    add(lines, "unasked", report.unasked(), "vector", " whose request no topic holds");
    report.features().forEach((name, count) -> lines.add("  " + name + " differs in " + count));
    report.differences().forEach(d -> lines.add("  " + d.text().replace("\n", "\n  ")));
    if (ofTables()) {
      lines.add(
          "  Batch takes tables from the project's history, the stream from Redis: were they loaded"
              + " before it answered (lockstep replay --tables-only), and from the same files?");
    }
    add(
        lines,
        "before the log",
        report.beforeLog(),
        "request",
        "; what is read may have been deleted, so they can't be judged");
    add(lines, "waiting", report.waiting(), "request", ", later than all that were answered");
    add(lines, "later", report.later(), "vector", " of requests that came meanwhile");
    String repeats = ", of which " + report.differingRepeats() + " not as the first";
    add(lines, "repeats", report.repeats(), "vector", repeats);
    report
        .foreign()
        .forEach(
            (other, count) -> add(lines, "another definition", count, "vector", " of " + other));
    add(lines, "no vectors", report.unreadable(), "message", "");
    inputs().forEach(input -> addInput(lines, input));
    lines.add(verdict());
    return lines;
  }

  /** Whether a field of a table differs: it wasn't there, or was another version. */
  private boolean ofTables() {
    return plan.features().stream()
        .filter(f -> !f.isDerived() && report.features().containsKey(f.name()))
        .anyMatch(f -> plan.branchOf(f) instanceof LookupPlan);
  }

  private String verdict() {
    if (!report.identical()) {
      boolean none = report.compared() + report.unanswered() + report.unasked() == 0;
      return none ? "NOTHING could be compared" : "DIFFERENT";
    }
    if (report.missed() > 0 || report.explained() > 0) {
      return "the same, but for what " + (ordered() ? "was overdue" : "onArrival() may miss");
    }
    return "IDENTICAL";
  }

  private boolean ordered() {
    return plan.emission() == Emission.ORDERED;
  }

  private static void add(List<String> lines, String name, long count, String what, String words) {
    if (count > 0) {
      lines.add(name + ": " + counted(count, what) + words);
    }
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static void addInput(List<String> lines, ParityResult.Input input) {
    long late = input.late().stream().mapToLong(ParityResult.Count::count).sum();
    long dead = input.deadLetters().stream().mapToLong(ParityResult.Count::count).sum();
    lines.add(
        input.source()
            + ": "
            + counted(input.rows(), "row")
            + ", of which "
            + input.overdue()
            + " overdue, "
            + input.copies()
            + " copies; "
            + late
            + " late, "
            + counted(dead, "dead letter"));
    for (List<ParityResult.Count> reasons : List.of(input.late(), input.deadLetters())) {
      reasons.forEach(reason -> lines.add("  " + reason.count() + ": " + reason.name()));
    }
  }

  private String vectors() {
    return StreamTopics.of("", plan).vectors();
  }

  /** The result by its schema. */
  public ParityResult result() {
    return new ParityResult(
        report.identical(),
        vectors(),
        plan.fingerprint(),
        new ParityResult.Compared(
            report.compared(),
            report.same(),
            report.differing(),
            report.explained(),
            report.missed(),
            report.unanswered(),
            report.unasked()),
        new ParityResult.Apart(
            report.beforeLog(),
            report.waiting(),
            report.later(),
            report.repeats(),
            report.differingRepeats(),
            counts(report.foreign()),
            report.unreadable()),
        counts(report.features()),
        inputs(),
        report.differences().stream().map(ParityText::difference).toList(),
        notes);
  }

  private List<ParityResult.Input> inputs() {
    return plan.sources().stream().filter(s -> !s.table()).map(this::input).toList();
  }

  private ParityResult.Input input(SourcePlan source) {
    String name = source.name();
    return new ParityResult.Input(
        name,
        report.rows().getOrDefault(name, 0L),
        report.overdue().getOrDefault(name, 0L),
        report.copies().getOrDefault(name, 0L),
        reasons(Reasons.LATE, name),
        reasons(Reasons.DEAD_LETTERS, name));
  }

  private List<ParityResult.Count> reasons(String kind, String source) {
    List<ParityResult.Count> all =
        report.reasons(kind).stream()
            .filter(reason -> reason.source().equals(source))
            .map(reason -> new ParityResult.Count(reason.reason(), reason.count()))
            .toList();
    if (all.size() <= MOST_REASONS) {
      return all;
    }
    List<ParityResult.Count> shown = new ArrayList<>(all.subList(0, MOST_REASONS - 1));
    long others =
        all.subList(MOST_REASONS - 1, all.size()).stream()
            .mapToLong(ParityResult.Count::count)
            .sum();
    shown.add(new ParityResult.Count("other reasons", others));
    return List.copyOf(shown);
  }

  private static List<ParityResult.Count> counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> new ParityResult.Count(e.getKey(), e.getValue()))
        .toList();
  }

  private static ParityResult.Difference difference(Difference d) {
    return new ParityResult.Difference(
        d.requestId(),
        d.position(),
        d.problem(),
        d.features().stream()
            .map(
                f ->
                    new ParityResult.Feature(
                        f.name(), f.batch(), f.batchBits(), f.stream(), f.streamBits()))
            .toList());
  }
}
