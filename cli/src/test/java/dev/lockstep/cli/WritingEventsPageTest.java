package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.examples.fraud.FraudFeatures;
import dev.lockstep.intake.MessageReader;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page for those who write events: its messages become what it says, its topics are those of
 * the stream, its commands can be called so.
 */
class WritingEventsPageTest {
  private static final Path PAGE = Path.of("../docs/writing-events.md");
  private static final Pattern MESSAGE = Pattern.compile("^(\\w+)\\|(\\{.*})$", Pattern.MULTILINE);
  private static final Pattern TOPIC = Pattern.compile("^kcat .* -t (\\S+)", Pattern.MULTILINE);
  private static final Pattern COMMAND = Pattern.compile("^\\./lockstep (.*)$", Pattern.MULTILINE);
  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

  private final FeaturePlan plan = FeaturePlan.of(FraudFeatures.FRAUD);

  @Test
  void itsMessagesBecomeWhatItSays() throws IOException {
    String page = Files.readString(PAGE);
    RowIntake intake = RowIntake.of(plan, plan.requestSource());
    MessageReader reader = new MessageReader(intake, List.of());
    List<String> answered = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    var messages = MESSAGE.matcher(page);
    while (messages.find()) {
      String json = messages.group(2).replace("$now", NOW.toString());
      try {
        reader.read(json.getBytes(StandardCharsets.UTF_8));
        SourceRow row = intake.admit(Micros.of(NOW), 0, 0);
        String late = intake.lateness(row);
        if (late == null) {
          answered.add(row.id());
        } else {
          reasons.add(late.substring(late.indexOf(" by its record timestamp")));
        }
      } catch (DataException e) {
        reasons.add("lockstep-reason=" + e.getMessage());
      }
    }
    assertEquals(List.of("s1", "s2"), answered);
    assertEquals(2, reasons.size(), reasons::toString);
    for (String reason : reasons) {
      assertTrue(page.contains(reason), reason);
    }
    for (String request : answered) {
      assertTrue(page.contains(request + ": a vector of "), request);
    }
  }

  @Test
  void itsTopicsAreTheStreams() throws IOException {
    StreamTopics topics = StreamTopics.of("", plan);
    Set<String> known = new TreeSet<>(topics.inputs(plan));
    known.addAll(List.of(topics.vectors(), topics.late(), topics.deadLetters()));
    Set<String> named = new TreeSet<>();
    TOPIC.matcher(Files.readString(PAGE)).results().forEach(found -> named.add(found.group(1)));
    assertEquals(known, named);
  }

  @Test
  void itsCommandsCanBeCalledSo() throws IOException {
    List<String> commands =
        COMMAND.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    assertEquals(4, commands.size(), commands::toString);
    for (String command : commands) {
      assertEquals(
          1, Lockstep.commandLine().parseArgs(command.split(" ")).subcommands().size(), command);
    }
  }
}
