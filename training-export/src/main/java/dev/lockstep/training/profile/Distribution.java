package dev.lockstep.training.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * How the values of a column are spread, nulls left out.
 *
 * @param distinct how many different values
 * @param quantiles at {@link #AT}, linearly between neighbours; NaN without values
 * @param edges of the histogram's bins, one more than bins; the last bin has its upper edge in it
 * @param counts a bin each
 * @param below values under the first edge: a long tail is cut off so that the rest is seen
 * @param above values over the last edge
 */
public record Distribution(
    long distinct,
    List<Double> quantiles,
    List<Double> edges,
    List<Long> counts,
    long below,
    long above) {

  /** Where quantiles are taken. */
  public static final List<Double> AT = List.of(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99);

  private static final int BINS = 30;

  /** What is left out on either side, at most, where a tail is long. */
  static final double TAIL = 0.005;

  /** A tail is long if all values span this many times what is left without both. */
  private static final double LONG = 3;

  /**
   * The distribution of values.
   *
   * @param sorted ascending, without nulls
   * @param whole whether they are whole numbers, so that bins have whole widths
   */
  static Distribution of(double[] sorted, boolean whole) {
    if (sorted.length == 0) {
      List<Double> none = AT.stream().map(q -> Double.NaN).toList();
      return new Distribution(0, none, List.of(), List.of(), 0, 0);
    }
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double innerLow = quantile(sorted, TAIL);
    double innerHigh = quantile(sorted, 1 - TAIL);
    if (innerHigh > innerLow && high - low > LONG * (innerHigh - innerLow)) {
      low = whole ? Math.floor(innerLow) : innerLow;
      high = whole ? Math.ceil(innerHigh) : innerHigh;
    }
    double[] edges = edges(low, high, whole);
    long[] counts = new long[edges.length - 1];
    long below = 0;
    long above = 0;
    int bin = 0;
    for (double value : sorted) {
      if (value < edges[0]) {
        below++;
      } else if (value > edges[edges.length - 1]) {
        above++;
      } else {
        while (bin < counts.length - 1 && value >= edges[bin + 1]) {
          bin++;
        }
        counts[bin]++;
      }
    }
    return new Distribution(
        distinct(sorted),
        AT.stream().map(q -> quantile(sorted, q)).toList(),
        boxed(edges),
        boxed(counts),
        below,
        above);
  }

  private static double[] edges(double low, double high, boolean whole) {
    if (low == high) {
      return new double[] {low, low + 1};
    }
    double width = (high - low) / BINS;
    int bins = BINS;
    if (whole) {
      width = Math.max(1, Math.ceil((high - low + 1) / BINS));
      bins = (int) Math.ceil((high - low + 1) / width);
    }
    double[] edges = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = low + i * width;
    }
    if (!whole) {
      edges[bins] = high;
    }
    return edges;
  }

  /**
   * The value at a share of the way through, between neighbours linearly.
   *
   * @param sorted ascending, at least one
   */
  static double quantile(double[] sorted, double q) {
    double place = q * (sorted.length - 1);
    int left = (int) Math.floor(place);
    int right = Math.min(left + 1, sorted.length - 1);
    double part = place - left;
    return part == 0 ? sorted[left] : sorted[left] * (1 - part) + sorted[right] * part;
  }

  static long distinct(double[] sorted) {
    long distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }

  private static List<Double> boxed(double[] values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    return list;
  }

  private static List<Long> boxed(long[] values) {
    List<Long> list = new ArrayList<>();
    for (long value : values) {
      list.add(value);
    }
    return list;
  }
}
