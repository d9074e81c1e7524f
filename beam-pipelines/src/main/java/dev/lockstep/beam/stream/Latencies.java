package dev.lockstep.beam.stream;

/**
 * How long something took, counted by Prometheus's cumulative buckets: {@code
 * NAME_bucket{le="..."}} in seconds, {@code NAME_count} and {@code NAME_sum}.
 */
public final class Latencies {
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 120
  };

  private final Tally[] buckets = new Tally[BOUNDS.length];
  private final Tally all;
  private final Tally count;
  private final Tally sumOfMicros;

  public Latencies(String name) {
    for (int i = 0; i < BOUNDS.length; i++) {
      buckets[i] = Tally.of(bucket(name, String.valueOf(BOUNDS[i])));
    }
    this.all = Tally.of(bucket(name, "+Inf"));
    this.count = Tally.of(name + "_count");
    this.sumOfMicros = Tally.of(name + "_sum");
  }

  /** The name of a bucket. */
  public static String bucket(String name, String bound) {
    return Tally.labelled(name + "_bucket", "le", bound);
  }

  /** Counts one. */
  public void add(long micros) {
    double seconds = micros / 1e6;
    for (int i = 0; i < BOUNDS.length; i++) {
      if (seconds <= BOUNDS[i]) {
        buckets[i].inc();
      }
    }
    all.inc();
    count.inc();
    sumOfMicros.inc(micros);
  }
}
