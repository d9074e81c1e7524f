package dev.lockstep.beam.batch;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.time.Micros;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Nasty events in files by when they become available, some of them read periods ahead of that.
 *
 * @param upTo the files that are there in each period
 * @param cuts the periods' ends
 */
record PeriodHistory(List<Map<String, List<Path>>> upTo, List<Instant> cuts) {

  /** All files. */
  Map<String, List<Path>> all() {
    return upTo.get(upTo.size() - 1);
  }

  static PeriodHistory write(Path folder, FeaturePlan plan, long seed, int periods)
      throws IOException {
    List<RecordedEvent> records = NastyEvents.inHistory(plan, seed).records(2500);
    NaiveOracle oracle = new NaiveOracle(plan);
    long[] available =
        oracle.admitted(records).stream()
            .mapToLong(SourceRow::availableAtMicros)
            .filter(t -> t > Long.MIN_VALUE)
            .sorted()
            .toArray();
    long[] cutMicros = new long[periods];
    List<Instant> cuts = new ArrayList<>();
    for (int p = 0; p < periods; p++) {
      cutMicros[p] =
          available[(available.length - 1) * (p + 1) / periods] + (p == periods - 1 ? 1 : 0);
      cuts.add(Micros.toInstant(cutMicros[p]));
    }
    Random random = new Random(seed);
    List<List<RecordedEvent>> byPeriod = new ArrayList<>();
    for (int p = 0; p < periods; p++) {
      byPeriod.add(new ArrayList<>());
    }
    for (RecordedEvent record : records) {
      Optional<SourceRow> row = oracle.admitted(record);
      int period = row.map(r -> periodOf(r.availableAtMicros(), cutMicros)).orElse(periods - 1);
      if (random.nextInt(10) == 0) {
        period = random.nextInt(period + 1); // its file comes before it is available
      }
      byPeriod.get(period).add(record);
    }
    List<Map<String, List<Path>>> upTo = new ArrayList<>();
    Map<String, List<Path>> read = new TreeMap<>();
    for (int p = 0; p < periods; p++) {
      Map<String, List<Path>> files =
          ShopHistory.write(folder.resolve("history-" + p), plan, byPeriod.get(p));
      files.forEach((source, paths) -> read.merge(source, paths, PeriodHistory::both));
      upTo.add(new TreeMap<>(read));
    }
    return new PeriodHistory(upTo, cuts);
  }

  static List<Path> both(List<Path> a, List<Path> b) {
    List<Path> joined = new ArrayList<>(a);
    joined.addAll(b);
    return joined;
  }

  private static int periodOf(long availableMicros, long[] cuts) {
    int period = 0;
    while (period < cuts.length - 1 && availableMicros >= cuts[period]) {
      period++;
    }
    return period;
  }
}
