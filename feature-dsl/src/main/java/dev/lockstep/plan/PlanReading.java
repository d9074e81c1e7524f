package dev.lockstep.plan;

import dev.lockstep.define.DurationText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The canonical text of a plan or a label as people read it: durations as they are written, what a
 * feature is taken from by its name, each source's rules once. It works on text alone, since the
 * plan that a model or a training set carries may be of another version.
 *
 * <p>The canonical text names a view's result by its place, which an added feature or view moves;
 * here such a feature is the same before and after.
 */
public final class PlanReading {
  private static final Pattern MICROS =
      Pattern.compile(
          "\\b(last|hop|ending before|tumbling|session|within|next|lateness|clock_skew) (\\d+)\\b");
  private static final Pattern VIEW = Pattern.compile("view (\\S+) .*");
  private static final Pattern RESULT = Pattern.compile("  (\\S+) = .*");
  private static final Pattern LOOKUP =
      Pattern.compile("lookup (\\S+) by .* asked by (\\S+) fields (\\S+)");
  private static final Pattern TAKEN =
      Pattern.compile("(feature .* from )(\\S+)\\[(\\d+)]( as \\S+)?");

  /** Of a table: nothing is late. */
  private static final String NEVER = String.valueOf(Long.MAX_VALUE);

  private static final int MOST_DIGITS = 18;

  private PlanReading() {}

  /** The text, line for line but for rules that are said again. */
  public static String of(String canonical) {
    return lines(canonical).stream().collect(Collectors.joining("\n"));
  }

  static List<String> lines(String canonical) {
    List<String> lines = canonical.lines().toList();
    Map<String, List<String>> results = results(lines);
    List<String> read = new ArrayList<>();
    Set<String> said = new HashSet<>();
    for (String line : lines) {
      boolean rules = line.startsWith("source ") || line.startsWith("table ");
      if (!rules || said.add(line)) {
        read.add(durations(taken(line, results)));
      }
    }
    return read;
  }

  /** What each branch answers, in order: a view's features, a lookup's fields. */
  private static Map<String, List<String>> results(List<String> lines) {
    Map<String, List<String>> results = new HashMap<>();
    List<String> view = new ArrayList<>();
    int branches = 0;
    for (String line : lines) {
      Matcher begins = VIEW.matcher(line);
      Matcher result = RESULT.matcher(line);
      Matcher lookup = LOOKUP.matcher(line);
      if (begins.matches()) {
        String name = begins.group(1);
        view = new ArrayList<>();
        results.put(name, view);
        branches++;
      } else if (result.matches()) {
        view.add("feature " + result.group(1));
      } else if (lookup.matches()) {
        boolean chained = lookup.group(2).contains("(");
        String by = (chained ? " by " : " by request.") + lookup.group(2);
        results.put(
            lookup.group(1) + "_" + branches,
            List.of(lookup.group(3).split(",", -1)).stream()
                .map(field -> "field " + field + by)
                .toList());
        branches++;
      }
    }
    return results;
  }

  private static String taken(String line, Map<String, List<String>> results) {
    Matcher matcher = TAKEN.matcher(line);
    if (!matcher.matches()) {
      return line;
    }
    List<String> of = results.getOrDefault(matcher.group(2), List.of());
    int place = Integer.parseInt(matcher.group(3));
    if (place >= of.size()) {
      return line;
    }
    String what = of.get(place);
    return matcher.group(1)
        + (what.startsWith("field ")
            ? "table " + matcher.group(2).replaceFirst("_\\d+$", "") + ", " + what
            : "view " + matcher.group(2) + as(matcher.group(4)) + ", " + what);
  }

  private static String as(@Nullable String role) {
    return role == null ? "" : role;
  }

  private static String durations(String line) {
    return MICROS
        .matcher(line)
        .replaceAll(found -> found.group(1) + " " + duration(found.group(2)));
  }

  private static String duration(String micros) {
    if (micros.equals(NEVER)) {
      return "any";
    }
    return micros.length() > MOST_DIGITS
        ? micros
        : DurationText.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
  }
}
