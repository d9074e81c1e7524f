package dev.lockstep.beam.write;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long after their requests outcomes became known, where a label has no end: counts in a
 * training set's manifest, {@code labelDelay.017/settlements}, in buckets a quarter of an octave
 * wide.
 *
 * <p>Bucket i holds delays up to (4 + i mod 4) / 4 * 2^(i / 4) seconds that are over the bound
 * before it: 1, 1.25, 1.5, 1.75, 2, 2.5 seconds and so on. The counts add up, whatever computed
 * them.
 */
public final class LabelDelays {
  /** The share of outcomes whose delay is taken for that of all (L5). */
  public static final double MOST = 0.999;

  private static final String NAME = "labelDelay.";
  private static final Pattern COUNT = Pattern.compile("labelDelay\\.(\\d{3})/.+");
  private static final long QUARTER_MICROS = 250_000;
  private static final int STEPS = 4;
  private static final int BUCKETS = 160; // the last ends beyond 60 thousand years

  private LabelDelays() {}

  /** What a delay is counted as, before the source's name; a negative one as none. */
  public static String name(long delayMicros) {
    int bucket = 0;
    while (bucket < BUCKETS - 1 && delayMicros > bound(bucket)) {
      bucket++;
    }
    return String.format(Locale.ROOT, "%s%03d", NAME, bucket);
  }

  /** Whether a manifest's count is one of these. */
  public static boolean isOne(String countName) {
    return COUNT.matcher(countName).matches();
  }

  /**
   * A delay that at least a share of the outcomes kept to: the greatest of its bucket.
   *
   * @param counts a manifest's, of a training set with one label
   * @param share over 0, at most 1
   * @return empty where no delay was counted
   */
  public static OptionalLong quantile(Map<String, Long> counts, double share) {
    TreeMap<Integer, Long> buckets = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          Matcher one = COUNT.matcher(name);
          if (one.matches()) {
            int bucket = Math.min(Integer.parseInt(one.group(1)), BUCKETS - 1);
            buckets.merge(bucket, count, Long::sum);
          }
        });
    long all = buckets.values().stream().mapToLong(Long::longValue).sum();
    long below = 0;
    for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
      below += bucket.getValue();
      if (below >= share * all) {
        return OptionalLong.of(bound(bucket.getKey()));
      }
    }
    return OptionalLong.empty();
  }

  private static long bound(int bucket) {
    return ((STEPS + bucket % STEPS) * QUARTER_MICROS) << (bucket / STEPS);
  }
}
