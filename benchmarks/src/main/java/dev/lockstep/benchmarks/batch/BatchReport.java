package dev.lockstep.benchmarks.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.benchmarks.batch.RunTimes.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a measurement of the batch found: for people and as JSON. */
public final class BatchReport {
  private static final double MIB = 1024.0 * 1024;
  private static final String ROW = "  %-38s %9s %12s %11s %9s %9s";

  private final BatchSettings settings;
  private final RunTimes times;
  private final List<Agreement> agreements;

  BatchReport(BatchSettings settings, RunTimes times, List<Agreement> agreements) {
    this.settings = settings;
    this.times = times;
    this.agreements = List.copyOf(agreements);
  }

  /** Whether results were compared and differ. */
  public boolean differs() {
    return !agreements.stream().allMatch(Agreement::isComplete);
  }

  /** A flat JSON object; null for what wasn't measured. Ratios are named for what they divide. */
  public String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    Workload workload = settings.workload();
    json.put("rows", workload.rows());
    json.put("windows", settings.windows());
    json.put("features", settings.features().all().size());
    json.put("keys", workload.keys());
    json.put("seed", workload.seed());
    json.put("hot_share", workload.hotShare());
    json.put("parallelism", settings.parallelism());
    json.put("heap", settings.heap());
    json.put("repeat", settings.repeat());
    json.put("seconds", rounded(times.of(What.LOCKSTEP).map(Measured::seconds), 1e3));
    json.put("rows_per_second", rounded(times.rate(What.LOCKSTEP), 1));
    json.put("duckdb_rows_per_second", rounded(times.rate(What.DUCKDB), 1));
    json.put("floor_rows_per_second", rounded(times.rate(What.FLOOR), 1));
    for (Ratio ratio : Ratio.values()) {
      json.put(ratio.key(), rounded(ratio.of(times), 1e4));
    }
    if (agreements.isEmpty()) {
      json.putNull("results_agree");
    } else {
      json.put("results_agree", !differs());
    }
    json.put("peak_heap_mb", rounded(heap(What.LOCKSTEP), 1));
    json.put("peak_rss_mb", rounded(resident(What.LOCKSTEP), 1));
    json.put("duckdb_peak_rss_mb", rounded(resident(What.DUCKDB), 1));
    return json.toPrettyString() + "\n";
  }

  private static @Nullable Double rounded(Optional<Double> value, double unit) {
    return value.map(v -> Math.rint(v * unit) / unit).orElse(null);
  }

  private Optional<Double> heap(What what) {
    return times.of(what).map(m -> m.heapBytes() / MIB);
  }

  private Optional<Double> resident(What what) {
    return times.of(what).filter(m -> m.residentBytes() >= 0).map(m -> m.residentBytes() / MIB);
  }

  /** Tables for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Workload workload = settings.workload();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d payments of %,d cards (seed %d), %d features over %d windows; Parquet to Parquet",
            workload.rows(),
            workload.keys(),
            workload.seed(),
            settings.features().all().size(),
            settings.windows()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d threads; -Xmx%s; DuckDB: its own memory limit, order of the input not kept, snappy;"
                + " median of %d",
            settings.parallelism(),
            settings.heap(),
            settings.repeat()));
    lines.add("");
    lines.add(String.format(ROW, "", "seconds", "with JVM", "rows/s", "heap MB", "RSS MB"));
    for (What what : What.values()) {
      times.of(what).ifPresent(measured -> lines.add(line(what, measured)));
    }
    lines.add("");
    for (Ratio ratio : Ratio.values()) {
      ratio.of(times).ifPresent(value -> lines.add(ratio.line(value, settings.windows())));
    }
    lines.add("");
    agreements.forEach(agreement -> lines.addAll(lines(agreement)));
    return lines;
  }

  private String line(What what, Measured measured) {
    return String.format(
        ROW,
        what.text(),
        number(measured.seconds(), "%,.2f"),
        number(measured.processSeconds(), "%,.2f"),
        number(times.rate(what).orElseThrow(), "%,.0f"),
        number(measured.heapBytes() / MIB, "%,.0f"),
        resident(what).map(mb -> number(mb, "%,.0f")).orElse("-"));
  }

  private static String number(double value, String format) {
    return String.format(Locale.ROOT, format, value);
  }

  private static List<String> lines(Agreement agreement) {
    List<String> lines = new ArrayList<>();
    lines.add(
        agreement.isComplete()
            ? String.format(
                Locale.ROOT,
                "  results agree in all %,d rows: counts, extremes and ends equal; of the rest the"
                    + " greatest difference is %.1e of the value (%s)",
                agreement.rows(),
                agreement.greatestRelative(),
                agreement.greatestFeature())
            : "  RESULTS DIFFER:");
    agreement.differences().forEach(difference -> lines.add("    " + difference));
    return lines;
  }
}
