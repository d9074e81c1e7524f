package dev.lockstep.aggregate;

/**
 * The great-circle distance of two points on a sphere of the earth's mean radius, by the haversine
 * formula and {@link StrictMath}: the same bits on every platform.
 *
 * <p>The earth is flatter than a sphere: distances are up to 0.6 % off those on the ellipsoid.
 *
 * <p>R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (2), 1984.
 */
public final class Haversine {
  /** The mean radius R1 of the IUGG, in metres. */
  public static final double EARTH_RADIUS_METRES = 6_371_008.8;

  private static final double RADIANS_PER_DEGREE = Math.PI / 180;

  private Haversine() {}

  /**
   * The distance in metres.
   *
   * @param latitude1 in degrees, north positive
   * @param longitude1 in degrees, east positive
   * @return NaN where a latitude is beyond 90 degrees, a longitude beyond 180, or any is NaN
   */
  public static double metres(
      double latitude1, double longitude1, double latitude2, double longitude2) {
    if (!within(90, latitude1, latitude2) || !within(180, longitude1, longitude2)) {
      return Double.NaN;
    }
    double north = StrictMath.sin((latitude2 - latitude1) * RADIANS_PER_DEGREE / 2);
    double east = StrictMath.sin((longitude2 - longitude1) * RADIANS_PER_DEGREE / 2);
    double cosines =
        StrictMath.cos(latitude1 * RADIANS_PER_DEGREE)
            * StrictMath.cos(latitude2 * RADIANS_PER_DEGREE);
    double haversine = north * north + cosines * (east * east);
    // Rounding can lead a little beyond 1 for opposite points.
    return 2 * EARTH_RADIUS_METRES * StrictMath.asin(StrictMath.sqrt(Math.min(1, haversine)));
  }

  private static boolean within(double limit, double a, double b) {
    return Math.abs(a) <= limit && Math.abs(b) <= limit;
  }
}
