package dev.lockstep.benchmarks.report;

import java.util.List;

/** The times of one run, in the order in which they are shown. */
public record Times(List<Measured> all) {
  public Times {
    all = List.copyOf(all);
  }

  double nanosOf(String name) {
    return all.stream()
        .filter(m -> m.name().equals(name))
        .mapToDouble(Measured::nanosPerEvent)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " wasn't measured"));
  }
}
