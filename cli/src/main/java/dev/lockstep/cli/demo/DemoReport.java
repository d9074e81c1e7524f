package dev.lockstep.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.cli.result.DemoResult;
import dev.lockstep.cli.result.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demo proved.
 *
 * @param emit ordered or onArrival
 * @param events sent at the pace; warm-up apart
 * @param vectors streamed for requests of the counted time; so scores and actions
 * @param expected requests of the counted time that batch answered
 * @param late records in the stream's late output; so dead letters
 * @param missed the share of compared vectors that differ from batch: under onArrival those that
 *     missed an event in flight
 * @param seconds the whole demo
 */
record DemoReport(
    String project,
    String featureSet,
    String fingerprint,
    String emit,
    int parallelism,
    long warmUpEvents,
    long events,
    long expected,
    long vectors,
    long scores,
    long actions,
    Parity parity,
    long duplicateVectors,
    long duplicateScores,
    long late,
    long deadLetters,
    Outcomes.Latency latency,
    double eventsPerSecond,
    double aucWithFeatures,
    double aucRequestFieldsOnly,
    long trainingRows,
    double seconds) {

  /** Whether all that must hold does. */
  boolean isSuccess() {
    return problems().isEmpty();
  }

  /** What doesn't hold, for people. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (vectors == 0) {
      problems.add("the stream published no vector");
    }
    if (parity.onlyInBatch() > 0) {
      problems.add(parity.onlyInBatch() + " requests got no vector from the stream");
    }
    if (parity.onlyInStream() > 0) {
      problems.add(parity.onlyInStream() + " streamed vectors are of requests unknown to batch");
    }
    if (isOrdered() && parity.identical() != parity.compared()) {
      problems.add(
          (parity.compared() - parity.identical()) + " streamed vectors differ from batch");
    }
    if (scores != vectors) {
      problems.add((vectors - scores) + " vectors got no score");
    }
    return problems;
  }

  boolean isOrdered() {
    return emit.equals("ordered");
  }

  /** The share of compared vectors that differ from batch. */
  double missed() {
    return parity.compared() == 0
        ? 0
        : (double) (parity.compared() - parity.identical()) / parity.compared();
  }

  /** The report, for JSON on standard output. */
  DemoResult result() {
    return new DemoResult(
        project,
        featureSet,
        fingerprint,
        emit,
        parallelism,
        isSuccess(),
        warmUpEvents,
        events,
        expected,
        vectors,
        scores,
        actions,
        parity.compared(),
        parity.identical(),
        parity.onlyInBatch(),
        parity.onlyInStream(),
        missed(),
        duplicateVectors,
        duplicateScores,
        late,
        deadLetters,
        new DemoResult.Latency(latency.p50(), latency.p99(), latency.max()),
        eventsPerSecond,
        new DemoResult.Auc(
            ResultJson.finite(aucWithFeatures), ResultJson.finite(aucRequestFieldsOnly)),
        trainingRows,
        seconds);
  }

  /**
   * Writes the report as JSON.
   *
   * @throws IOException if the file can't be written
   */
  void write(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode json = mapper.createObjectNode();
    json.put("project", project).put("feature_set", featureSet).put("fingerprint", fingerprint);
    json.put("emit", emit).put("parallelism", parallelism).put("success", isSuccess());
    json.put("warm_up_events", warmUpEvents).put("events", events).put("requests", expected);
    json.put("vectors", vectors).put("scores", scores).put("actions", actions);
    json.put("parity_compared", parity.compared()).put("parity_identical", parity.identical());
    json.put("parity_only_in_batch", parity.onlyInBatch());
    json.put("parity_only_in_stream", parity.onlyInStream());
    json.put("missed_share", missed());
    json.put("duplicate_vectors", duplicateVectors).put("duplicate_scores", duplicateScores);
    json.put("late", late).put("dead_letters", deadLetters);
    json.putObject("latency_ms")
        .put("p50", latency.p50())
        .put("p99", latency.p99())
        .put("max", latency.max());
    json.put("rate_events_per_second", eventsPerSecond);
    json.putObject("auc")
        .put("with_features", aucWithFeatures)
        .put("request_fields_only", aucRequestFieldsOnly);
    json.put("training_rows", trainingRows).put("seconds", seconds);
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, mapper.writeValueAsString(json) + System.lineSeparator());
  }
}
