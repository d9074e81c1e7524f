package dev.lockstep.cli.demo;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Streamed vectors beside those that batch computed for the same requests, compared bit by bit. */
final class Parity {
  private static final int SHOWN = 5;

  private final FeaturePlan plan;
  private final List<String> differences = new ArrayList<>();
  private long compared;
  private long identical;
  private long onlyInBatch;
  private long onlyInStream;

  Parity(FeaturePlan plan) {
    this.plan = plan;
  }

  void compare(FeatureVector batch, FeatureVector stream) {
    compared++;
    if (batch.values().equals(stream.values())
        && batch.fingerprint().equals(stream.fingerprint())
        && batch.eventTimeMicros() == stream.eventTimeMicros()
        && batch.availableAtMicros() == stream.availableAtMicros()
        && batch.entities().equals(stream.entities())) {
      identical++;
    } else if (differences.size() < SHOWN) {
      differences.add(difference(batch, stream));
    }
  }

  /** A request that batch answered and the stream did not. */
  void missingInStream(FeatureVector batch) {
    onlyInBatch++;
    if (differences.size() < SHOWN) {
      differences.add("request " + batch.requestId() + ": the stream published no vector");
    }
  }

  /** Requests that the stream answered and batch did not. */
  void missingInBatch(long count) {
    onlyInStream += count;
  }

  private String difference(FeatureVector batch, FeatureVector stream) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < batch.values().size(); i++) {
      Object wanted = batch.values().get(i);
      Object got = stream.values().get(i);
      if (!Objects.equals(wanted, got) || batch.values().bits(i) != stream.values().bits(i)) {
        parts.add(plan.features().get(i).name() + " batch=" + wanted + " stream=" + got);
      }
    }
    if (parts.isEmpty()) {
      parts.add("batch=" + head(batch) + " stream=" + head(stream));
    }
    return "request " + batch.requestId() + ": " + String.join(", ", parts);
  }

  private static String head(FeatureVector v) {
    return v.eventTimeMicros()
        + "/"
        + v.availableAtMicros()
        + "/"
        + v.entities()
        + "/"
        + v.fingerprint();
  }

  long compared() {
    return compared;
  }

  long identical() {
    return identical;
  }

  long onlyInBatch() {
    return onlyInBatch;
  }

  long onlyInStream() {
    return onlyInStream;
  }

  /** Whether every vector of either side has an identical one on the other. */
  boolean isComplete() {
    return compared == identical && onlyInBatch == 0 && onlyInStream == 0;
  }

  /** The first differences, for people. */
  List<String> differences() {
    return List.copyOf(differences);
  }
}
