package dev.lockstep.cli.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.cli.result.LeakResult;
import dev.lockstep.cli.result.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much better a model looks with event-time joins than it is: AUCs on the same requests.
 *
 * @param features that the models with features read
 * @param trainedRows that had a say in each model
 * @param testRows that judge them, from {@code testFrom} on
 * @param testRate the share of label 1 among those
 * @param requestOnly AUC of the request's own fields; NaN if there are none
 * @param asKnown AUC of what was known by then
 * @param eventTime AUC that event-time joins promise
 * @param eventTimeOnKnown AUC of that same model on what was known by then
 */
public record LeakReport(
    String project,
    int features,
    int trainedRows,
    int testRows,
    Instant testFrom,
    double testRate,
    double requestOnly,
    double asKnown,
    double eventTime,
    double eventTimeOnKnown) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The table and what follows from it, for people. */
  public String text() {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"model", "what counts for a request", "AUC"});
    if (!Double.isNaN(requestOnly)) {
      rows.add(line("request fields only", "no event", requestOnly));
    }
    rows.add(line("as known", "events known by then", asKnown));
    rows.add(line("event time, as evaluated", "events that had happened by then", eventTime));
    rows.add(line("the event-time model, in use", "events known by then", eventTimeOnKnown));
    int first = width(rows, 0);
    int second = width(rows, 1);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %d features; trained on %d rows before %s, judged on %d from then on (%.1f %%"
                    + " of label 1)%n",
                project,
                features,
                trainedRows,
                testFrom,
                testRows,
                100 * testRate));
    for (String[] row : rows) {
      text.append(
          String.format(
              Locale.ROOT, "%n  %-" + first + "s  %-" + second + "s  %s", row[0], row[1], row[2]));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%n%nEvent-time joins promise %+.4f over what is true of a model as known; in use"
                    + " that model gives %+.4f.",
                eventTime - asKnown,
                eventTimeOnKnown - asKnown))
        .toString();
  }

  private static String[] line(String model, String counts, double auc) {
    return new String[] {model, counts, String.format(Locale.ROOT, "%.4f", auc)};
  }

  private static int width(List<String[]> rows, int column) {
    return rows.stream().mapToInt(r -> r[column].length()).max().orElse(1);
  }

  /** The figures, for JSON on standard output. */
  public LeakResult result() {
    return new LeakResult(
        project,
        features,
        trainedRows,
        testRows,
        testFrom,
        testRate,
        ResultJson.finite(requestOnly),
        asKnown,
        eventTime,
        eventTimeOnKnown);
  }

  /** Writes the figures as JSON. */
  public void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("project", project);
    json.put("features", features);
    json.put("trained_rows", trainedRows);
    json.put("test_rows", testRows);
    json.put("test_from", testFrom.toString());
    json.put("test_rate", testRate);
    if (!Double.isNaN(requestOnly)) {
      json.put("auc_request_only", requestOnly);
    }
    json.put("auc_as_known", asKnown);
    json.put("auc_event_time", eventTime);
    json.put("auc_event_time_on_known", eventTimeOnKnown);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, JSON.writeValueAsString(json) + "\n");
  }
}
