package dev.lockstep.cli.command;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.result.PeekResult;
import dev.lockstep.cli.run.TopicPeek;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What {@code peek} does. */
final class PeekSteps {
  private PeekSteps() {}

  static void run(PeekCommand command) {
    String name = command.what.toUpperCase(Locale.ROOT).replace('-', '_');
    TopicPeek.Kind kind =
        Arrays.stream(TopicPeek.Kind.values())
            .filter(k -> k.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandException(
                        "[" + command.what + "] is nothing to look at",
                        "write vectors, scores, late or dead-letters"));
    String kafka = command.kafka.require("look at");
    PeekResult result =
        new TopicPeek(command.options.definition(), kafka).newest(kind, command.newest);
    print(result, command.output.text());
    command.output.result(result);
  }

  private static void print(PeekResult result, PrintWriter out) {
    for (PeekResult.Shown record : result.records()) {
      out.println(
          (record.requestId() == null ? "" : record.requestId() + "  ") + record.position());
      int width = width(record.values());
      for (PeekResult.Named value : record.values()) {
        String text = value.value() == null ? "null" : value.value();
        out.printf("    %-" + width + "s  %s%n", value.name(), text);
      }
    }
    out.printf("%d of %d records of %s%n", result.records().size(), result.held(), result.topic());
  }

  private static int width(List<PeekResult.Named> values) {
    return values.stream().mapToInt(v -> v.name().length()).max().orElse(1);
  }
}
