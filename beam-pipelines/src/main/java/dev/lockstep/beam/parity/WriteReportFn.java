package dev.lockstep.beam.parity;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Writes what was found into a file, where the one who started the pipeline reads it. */
final class WriteReportFn extends DoFn<KV<Integer, Iterable<KV<String, Long>>>, Void> {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Begins what is a difference, before its JSON; its number is its place. */
  static final String DIFFERENCE = "{";

  private final String file;

  WriteReportFn(Path file) {
    this.file = file.toString();
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<KV<String, Long>>> found) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    List<KV<String, Long>> told = new ArrayList<>();
    for (KV<String, Long> each : found.getValue()) {
      if (each.getKey().startsWith(DIFFERENCE)) {
        told.add(each);
      } else {
        counts.merge(each.getKey(), each.getValue(), Long::sum);
      }
    }
    told.sort(
        (a, b) -> {
          int by = Long.compare(a.getValue(), b.getValue());
          return by != 0 ? by : a.getKey().compareTo(b.getKey());
        });
    List<Difference> differences = new ArrayList<>();
    for (KV<String, Long> each : told.subList(0, Math.min(JudgeFn.SHOWN, told.size()))) {
      differences.add(JSON.readValue(each.getKey(), Difference.class));
    }
    Files.write(Path.of(file), JSON.writeValueAsBytes(new Found(counts, differences)));
  }

  /** What the file holds. */
  record Found(Map<String, Long> counts, List<Difference> differences) {}

  static ParityReport read(Path file) throws IOException {
    Found found = JSON.readValue(Files.readAllBytes(file), Found.class);
    return new ParityReport(found.counts, found.differences);
  }
}
