package dev.lockstep.beam.stream;

import dev.lockstep.value.FeatureVector;

/** Counts the vectors that this process makes, and how long each took. */
public final class MadeVectors {
  /** Vectors made. */
  public static final String COUNT = "lockstep_vectors_total";

  /** From a request's entry into the platform to its vector. */
  public static final String LATENCY = "lockstep_vector_latency_seconds";

  private static final Tally VECTORS = Tally.of(COUNT);
  private static final Latencies LATENCIES = new Latencies(LATENCY);

  private MadeVectors() {}

  /** Counts one. */
  static void count(FeatureVector vector) {
    VECTORS.inc();
    // A replay says when it sent the request; of others availability is when the broker had it.
    long came =
        vector.ingestedAtMicros() > 0 ? vector.ingestedAtMicros() : vector.availableAtMicros();
    LATENCIES.add(Math.max(0, vector.emittedAtMicros() - came));
  }
}
