package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.cli.kafka.SeenBroker;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which topics a stream refuses to read before it begins. */
class InputTopicsTest {
  @Test
  void moreRecordsThanASequenceHasPlacesForAreRefused() {
    Map<String, Integer> partitions = Map.of("swipes", 32_768, "refunds", 32_769);
    SeenBroker broker = new SeenBroker("here", Map.of(), partitions);
    InputTopics.requireFew(broker, List.of("swipes", "not there"));
    CommandException refused =
        assertThrows(
            CommandException.class,
            () -> InputTopics.requireFew(broker, List.of("swipes", "refunds")));
    assertEquals(FailureKind.DATA, refused.kind());
    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.contains("topic refunds has 32769 partitions: at most 32768 can be told apart"),
        message);
  }
}
