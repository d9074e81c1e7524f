package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakReportTest {
  @TempDir Path home;

  private static LeakReport report(double requestOnly) {
    return new LeakReport(
        "flights",
        36,
        400,
        100,
        Instant.parse("2001-01-25T00:00:00Z"),
        0.25,
        requestOnly,
        0.75,
        0.8125,
        0.6875);
  }

  @Test
  void printsTheTable() {
    assertEquals(
        """
        flights: 36 features; trained on 400 rows before 2001-01-25T00:00:00Z, judged on 100 from \
        then on (25.0 % of label 1)

          model                         what counts for a request         AUC
          request fields only           no event                          0.6250
          as known                      events known by then              0.7500
          event time, as evaluated      events that had happened by then  0.8125
          the event-time model, in use  events known by then              0.6875

        Event-time joins promise +0.0625 over what is true of a model as known; in use that model \
        gives -0.0625.""",
        report(0.625).text().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void leavesOutRequestFieldsThatThereArent() throws IOException {
    assertFalse(report(Double.NaN).text().contains("request fields"));
    Path file = home.resolve("out/leak.json");
    report(Double.NaN).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertFalse(json.has("auc_request_only"));
    assertEquals(0.75, json.get("auc_as_known").asDouble());
    assertEquals(0.8125, json.get("auc_event_time").asDouble());
    assertEquals(0.6875, json.get("auc_event_time_on_known").asDouble());
    report(0.625).write(file);
    assertTrue(new ObjectMapper().readTree(file.toFile()).has("auc_request_only"));
  }
}
