package dev.lockstep.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of a demo in words. */
final class Summary {
  private Summary() {}

  static List<String> of(DemoReport r, DemoFolder folder, String action) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("What happened");
    add(
        lines,
        "A model learned from %,d requests of the past, whose features were computed in",
        r.trainingRows());
    lines.add("  batch. Then the following days went through Kafka as if they were happening now:");
    add(
        lines,
        "%,d events at %.0f a second. A stream on Flink kept the features of every entity,",
        r.events(),
        r.eventsPerSecond());
    lines.add("  answered each request with a vector, the model scored it, and an actor acted.");
    lines.add("");
    lines.add("What it shows");
    add(
        lines,
        "same bits   %,d of %,d streamed vectors equal those of batch, bit by bit",
        r.parity().identical(),
        r.parity().compared());
    if (!r.isOrdered()) {
      add(
          lines,
          "            emitted on arrival: %.3f %% missed an event that was in flight",
          100 * r.missed());
    }
    add(
        lines,
        "latency     median %.0f ms, 99 %% within %.0f ms, longest %.0f ms, event to score",
        r.latency().p50(),
        r.latency().p99(),
        r.latency().max());
    if (r.latency().unknown() > 0) {
      add(
          lines,
          "            without %,d scores: nobody said when their event was appended",
          r.latency().unknown());
    }
    add(
        lines,
        "quality     AUC %.3f with features, %.3f with the request's own fields alone",
        r.aucWithFeatures(),
        r.aucRequestFieldsOnly());
    add(lines, "actions     %,d of %,d scored requests: %s", r.actions(), r.scores(), action);
    if (r.late() + r.deadLetters() + r.duplicateVectors() > 0) {
      add(
          lines,
          "left out    %,d late, %,d unusable records; %,d vectors came twice",
          r.late(),
          r.deadLetters(),
          r.duplicateVectors());
    }
    lines.add("");
    lines.add("Where it is");
    lines.add("  training set  " + folder.training());
    lines.add("  model         " + folder.model());
    lines.add("  decisions     " + folder.decisions() + "  (an H2 database)");
    lines.add("  logs          " + folder.logs());
    lines.add("");
    lines.add("What to try next");
    lines.add(
        "  ./lockstep plan "
            + r.project()
            + "                   every feature and how it is computed");
    if (r.project().equals("flights")) {
      lines.add(
          "  ./lockstep demo fraud                     card swipes: fraud blocked as it happens");
    }
    if (r.isOrdered()) {
      lines.add(
          "  ./lockstep demo "
              + r.project()
              + " --emit onArrival  lower latency, and what that misses");
    }
    lines.add("");
    problems(lines, r, folder);
    return lines;
  }

  private static void problems(List<String> lines, DemoReport r, DemoFolder folder) {
    if (r.isSuccess()) {
      add(lines, "Done in %.0f s.", r.seconds());
      return;
    }
    lines.add("NOT AS IT SHOULD BE");
    r.problems().forEach(p -> lines.add("  " + p));
    r.parity().differences().forEach(d -> lines.add("    " + d));
    lines.add("  The processes' logs are in " + folder.logs() + "; --keep keeps the rest too.");
  }

  private static void add(List<String> lines, String format, Object... arguments) {
    lines.add("  " + String.format(Locale.ROOT, format, arguments));
  }
}
