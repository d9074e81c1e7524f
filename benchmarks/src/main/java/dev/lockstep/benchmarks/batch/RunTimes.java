package dev.lockstep.benchmarks.batch;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of one measurement, by what they computed. */
final class RunTimes {
  /** A kind of run, in the order in which it is shown. */
  enum What {
    DUCKDB("DuckDB"),
    LOCKSTEP("Lockstep"),
    FLOOR("the floor: a kernel that only copies"),
    QUARTER("Lockstep, a quarter of the rows"),
    HOT_DUCKDB("DuckDB, a hot key"),
    HOT("Lockstep, a hot key");

    private final String text;

    What(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private record Runs(long rows, List<Measured> all) {}

  private final Map<What, Runs> runs = new EnumMap<>(What.class);

  void add(What what, long rows, Measured measured) {
    runs.computeIfAbsent(what, w -> new Runs(rows, new ArrayList<>())).all().add(measured);
  }

  /** The median of its runs; empty if there are none. */
  Optional<Measured> of(What what) {
    return Optional.ofNullable(runs.get(what)).map(r -> Measured.median(r.all()));
  }

  /** Rows per second; empty if there are no runs. */
  Optional<Double> rate(What what) {
    return Optional.ofNullable(runs.get(what))
        .map(r -> r.rows() / Measured.median(r.all()).seconds());
  }

  /** The time of one through that of another; empty if either has no runs. */
  Optional<Double> ratio(What above, What below) {
    return of(above).flatMap(a -> of(below).map(b -> a.seconds() / b.seconds()));
  }
}
