package dev.lockstep.cli.against;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What two commits measured: for each figure both medians and their ratio. */
final class Comparison {
  private static final String ROW = "  %-40s %14s %14s %10s %9s %9s";

  private final String kind;
  private final List<String> options;
  private final String commit;
  private final List<Run> runs;

  /**
   * A run of one side.
   *
   * @param isNow of this checkout, not of the other commit
   * @param load processes that wanted to run when it began; negative where nobody knows
   */
  record Run(boolean isNow, double load, Figures figures) {}

  Comparison(String kind, List<String> options, String commit, List<Run> runs) {
    this.kind = kind;
    this.options = List.copyOf(options);
    this.commit = commit;
    this.runs = List.copyOf(runs);
  }

  /** All figures in the order in which runs name them. */
  List<Compared> figures() {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.addAll(run.figures().values().keySet()));
    return names.stream().map(n -> new Compared(n, values(n, false), values(n, true))).toList();
  }

  private List<Double> values(String name, boolean isNow) {
    return runs.stream()
        .filter(run -> run.isNow() == isNow)
        .flatMap(run -> Optional.ofNullable(run.figures().values().get(name)).stream())
        .toList();
  }

  /** A table for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, this checkout (now) beside %s (then): medians of %d runs each, interleaved",
            String.join(" ", joined()),
            commit,
            runs.size() / 2));
    lines.add("");
    lines.add(
        String.format(ROW, "", "then", "now", "now/then", "+- then", "+- now").stripTrailing());
    List<String> constant = new ArrayList<>();
    for (Compared figure : figures()) {
      if (figure.isConstant()) {
        constant.add(figure.name());
      } else {
        lines.add(line(figure));
      }
    }
    if (!constant.isEmpty()) {
      lines.add("");
      lines.add("  the same in all runs: " + String.join(", ", constant));
    }
    lines.add("");
    lines.add("  " + load());
    return lines;
  }

  private List<String> joined() {
    List<String> all = new ArrayList<>(List.of(kind));
    all.addAll(options);
    return all;
  }

  private static String line(Compared figure) {
    return String.format(
            ROW,
            figure.name(),
            number(Compared.median(figure.then())),
            number(Compared.median(figure.now())),
            figure.ratio().map(r -> String.format(Locale.ROOT, "%.3f", r)).orElse("-"),
            percent(figure.then()),
            percent(figure.now()))
        .stripTrailing();
  }

  private static String percent(List<Double> values) {
    return Compared.spread(values)
        .map(s -> String.format(Locale.ROOT, "%.0f %%", 100 * s / 2))
        .orElse("-");
  }

  /** Four digits that count, or all before the point. */
  private static String number(Optional<Double> value) {
    if (value.isEmpty()) {
      return "-";
    }
    double size = Math.abs(value.get());
    int digits = size == 0 ? 0 : (int) Math.min(9, Math.max(0, 3 - Math.floor(Math.log10(size))));
    return String.format(Locale.ROOT, "%,." + digits + "f", value.get());
  }

  private String load() {
    List<Double> loads = runs.stream().map(Run::load).filter(l -> l >= 0).sorted().toList();
    int cores = Runtime.getRuntime().availableProcessors();
    if (loads.isEmpty()) {
      return "the machine doesn't tell its load; it has " + cores + " cores";
    }
    return String.format(
        Locale.ROOT,
        "load before the runs: %.1f to %.1f on %d cores (our own runs are in it)",
        loads.get(0),
        loads.get(loads.size() - 1),
        cores);
  }

  /** The same as JSON, with each run's value. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("against", commit).put("kind", kind).put("repeat", runs.size() / 2);
    ArrayNode given = json.putArray("options");
    options.forEach(given::add);
    json.put("cores", Runtime.getRuntime().availableProcessors());
    ArrayNode loads = json.putArray("load");
    runs.forEach(run -> loads.add(run.load()));
    ObjectNode all = json.putObject("figures");
    for (Compared figure : figures()) {
      ObjectNode one = all.putObject(figure.name());
      one.put("then", Compared.median(figure.then()).orElse(null));
      one.put("now", Compared.median(figure.now()).orElse(null));
      one.put("ratio", figure.ratio().orElse(null));
      ArrayNode then = one.putArray("then_runs");
      figure.then().forEach(then::add);
      ArrayNode now = one.putArray("now_runs");
      figure.now().forEach(now::add);
    }
    return json.toPrettyString() + "\n";
  }
}
