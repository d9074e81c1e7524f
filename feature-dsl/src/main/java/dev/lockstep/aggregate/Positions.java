package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;

/** The positions of a window: latitude and longitude in degrees, its first two inputs. */
final class Positions {
  private Positions() {}

  /** The metres from one row's position to another's; NaN where one is none on earth. */
  static double metres(WindowRows rows, int from, int to) {
    ColumnVector latitude = rows.input(0);
    ColumnVector longitude = rows.input(1);
    return Haversine.metres(
        latitude.getNumber(from),
        longitude.getNumber(from),
        latitude.getNumber(to),
        longitude.getNumber(to));
  }

  /** Metres over seconds: NaN where a position is none on earth, or no time passed. */
  static double speed(WindowRows rows, int from, int to) {
    long earlier = rows.eventTimeMicros(from);
    long later = rows.eventTimeMicros(to);
    return earlier == later ? Double.NaN : metres(rows, from, to) / Elapsed.seconds(earlier, later);
  }
}
