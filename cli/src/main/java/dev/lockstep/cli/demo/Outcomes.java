package dev.lockstep.cli.demo;

import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ScoringResult;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * What came out of the stream and the scorer, by request id. The first of several copies counts, as
 * it is the one that was served. Thread-safe.
 *
 * <p>Requests that happened before the counted time are warm-up: they are only counted.
 */
final class Outcomes {
  private static final long LONGEST_MILLIS = 3_600_000;
  private static final int DIGITS = 3;

  /**
   * The latency of the counted scores, in milliseconds.
   *
   * @param unknown how many are left out, because nobody said when their event was appended
   */
  record Latency(double p50, double p99, double max, long unknown) {}

  private final long countedFromMicros;
  private final Map<String, FeatureVector> vectors = new ConcurrentHashMap<>();
  private final Map<String, ScoringResult> scores = new ConcurrentHashMap<>();
  private final Map<String, Boolean> warmUpVectors = new ConcurrentHashMap<>();
  private final Map<String, Boolean> warmUpScores = new ConcurrentHashMap<>();
  private final AtomicLong repeatedVectors = new AtomicLong();
  private final AtomicLong repeatedScores = new AtomicLong();
  private final AtomicLong alerts = new AtomicLong();
  private final AtomicLong unknownLatencies = new AtomicLong();
  private final Histogram latencyMillis = new SynchronizedHistogram(LONGEST_MILLIS, DIGITS);

  Outcomes(long countedFromMicros) {
    this.countedFromMicros = countedFromMicros;
  }

  void add(FeatureVector vector) {
    if (vector.eventTimeMicros() < countedFromMicros) {
      warmUpVectors.put(vector.requestId(), true);
    } else if (vectors.putIfAbsent(vector.requestId(), vector) != null) {
      repeatedVectors.incrementAndGet();
    }
  }

  /**
   * Adds a score.
   *
   * @param appendedAtMillis when the broker appended it
   */
  void add(ScoringResult score, long appendedAtMillis) {
    if (score.eventTimeMicros() < countedFromMicros) {
      warmUpScores.put(score.requestId(), true);
      return;
    }
    if (scores.putIfAbsent(score.requestId(), score) != null) {
      repeatedScores.incrementAndGet();
      return;
    }
    if (score.reachesThreshold()) {
      alerts.incrementAndGet();
    }
    if (score.ingestedAtMicros() == 0) {
      unknownLatencies.incrementAndGet();
      return;
    }
    long millis = appendedAtMillis - Micros.toMillis(score.ingestedAtMicros());
    latencyMillis.recordValue(Math.max(0, Math.min(LONGEST_MILLIS, millis)));
  }

  /** The counted vectors; a live view. */
  Map<String, FeatureVector> vectors() {
    return Collections.unmodifiableMap(vectors);
  }

  /** The counted scores; a live view. */
  Map<String, ScoringResult> scores() {
    return Collections.unmodifiableMap(scores);
  }

  int warmUpVectors() {
    return warmUpVectors.size();
  }

  int warmUpScores() {
    return warmUpScores.size();
  }

  /** Copies of counted vectors that came again. */
  long repeatedVectors() {
    return repeatedVectors.get();
  }

  /** Copies of counted scores that came again. */
  long repeatedScores() {
    return repeatedScores.get();
  }

  /** Counted scores that reach the threshold. */
  long alerts() {
    return alerts.get();
  }

  Latency latency() {
    return new Latency(
        latencyMillis.getValueAtPercentile(50),
        latencyMillis.getValueAtPercentile(99),
        latencyMillis.getMaxValue(),
        unknownLatencies.get());
  }
}
