package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A curve with fewer points that looks the same: the ends stay, then point by point the one
 * farthest from the line drawn so far (Ramer, Douglas and Peucker, the worst first).
 *
 * <p>So corners come before what lies between them, and points on a straight line go first.
 */
final class Thinning {
  /** Nearer to the line than any screen shows, and than rounding puts points of one line. */
  private static final double ON_THE_LINE = 1e-12;

  private final List<CurvePoint> points;
  private final PriorityQueue<Gap> gaps =
      new PriorityQueue<>(
          Comparator.comparingDouble(Gap::distance).reversed().thenComparingInt(Gap::farthest));

  private Thinning(List<CurvePoint> points) {
    this.points = points;
  }

  /** Between two points that stay: the one farthest from the line between them. */
  private record Gap(int from, int to, int farthest, double distance) {}

  /** At most so many of the points, at least 2, in their order. */
  static List<CurvePoint> of(List<CurvePoint> points, int most) {
    if (points.size() <= 2) {
      return points;
    }
    return new Thinning(points).thin(most);
  }

  private List<CurvePoint> thin(int most) {
    BitSet kept = new BitSet(points.size());
    kept.set(0);
    kept.set(points.size() - 1);
    push(0, points.size() - 1);
    for (int count = 2; count < most && !gaps.isEmpty(); count++) {
      Gap gap = gaps.remove();
      kept.set(gap.farthest);
      push(gap.from, gap.farthest);
      push(gap.farthest, gap.to);
    }
    List<CurvePoint> thinned = new ArrayList<>();
    kept.stream().forEach(i -> thinned.add(points.get(i)));
    return thinned;
  }

  private void push(int from, int to) {
    int farthest = -1;
    double greatest = ON_THE_LINE;
    CurvePoint a = points.get(from);
    CurvePoint b = points.get(to);
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double length = Math.hypot(dx, dy);
    for (int i = from + 1; i < to; i++) {
      double px = points.get(i).x() - a.x();
      double py = points.get(i).y() - a.y();
      double distance = length == 0 ? Math.hypot(px, py) : Math.abs(dx * py - dy * px) / length;
      if (distance > greatest) {
        greatest = distance;
        farthest = i;
      }
    }
    if (farthest >= 0) {
      gaps.add(new Gap(from, to, farthest, greatest));
    }
  }
}
