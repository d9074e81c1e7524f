package dev.lockstep.beam.naive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The files of other tools in {@code src/test/resources/fixtures}, with what is right of each. */
public final class Fixtures {
  private static final Path FOLDER = Path.of("src/test/resources/fixtures").toAbsolutePath();
  private static final int ROWS = 20;

  private Fixtures() {}

  /**
   * One file.
   *
   * @param unit that the source must declare; null for none
   * @param right as the folder's README says
   */
  public record Fixture(String name, Path file, @Nullable TimeUnit unit, String right) {

    /** The component whose column, or the empty text if the whole file, must be refused. */
    public Optional<String> refused() {
      return right.startsWith("refused")
          ? Optional.of(right.substring("refused".length()).strip())
          : Optional.empty();
    }

    /** The columns' names by component, where they aren't the component's. */
    public Map<String, String> columns() {
      Map<String, String> columns = new LinkedHashMap<>();
      if (right.startsWith("named ")) {
        for (String pair : right.substring(6).split(" ")) {
          columns.put(pair.split("=")[0], pair.split("=")[1]);
        }
      }
      return columns;
    }

    /** The numbers of the rows that the file holds, in its order, where it is no folder's part. */
    public List<Integer> rows() {
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < ROWS && !right.equals("nothing"); i++) {
        rows.add(i);
      }
      return rows;
    }

    /** Whether the file is a part of a folder whose name holds a column. */
    public boolean isPart() {
      return right.startsWith("part ");
    }

    /** The row of a number, as a plan that reads all of {@link Txn} sees it. */
    public NaiveRow expected(int i) {
      Map<String, @Nullable Object> values = base(i);
      List<Fault> faults = new ArrayList<>();
      List<String> notFinite = new ArrayList<>();
      for (String rule : right.split("; ")) {
        String[] words = rule.split("[ =]");
        boolean meant = !rule.matches(".* i\\d+") || rule.endsWith(" i" + i);
        if (!meant) {
          continue;
        }
        if (words[0].equals("error")) {
          faults.add(
              new Fault(
                  Cause.valueOf(words[2].toUpperCase(java.util.Locale.ROOT)), words[1], right));
        } else if (words[0].equals("null")) {
          values.put(words[1], null);
          if (!words[1].equals("card")) {
            notFinite.add(words[1]);
          }
        } else if (rule.startsWith("part day") && i >= ROWS / 2) {
          values.put("at", ((Instant) base(i).get("at")).plus(1, ChronoUnit.DAYS));
        } else if (rule.contains("=") && !rule.startsWith("named")) {
          values.put(words[0], other(words[0], words[1], i));
        }
      }
      return faults.isEmpty()
          ? new NaiveRow(values, notFinite, faults)
          : new NaiveRow(Map.of(), List.of(), faults);
    }
  }

  /** All files. */
  public static List<Fixture> all() {
    try {
      List<Fixture> fixtures = new ArrayList<>();
      List<String> lines = Files.readAllLines(FOLDER.resolve("index.tsv"));
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split("\t");
        TimeUnit unit =
            cells[1].equals("-")
                ? null
                : TimeUnit.valueOf(cells[1].replace("MILLIS", "MILLISECONDS"));
        fixtures.add(new Fixture(cells[0], FOLDER.resolve(cells[0]), unit, cells[2]));
      }
      return fixtures;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row of a number as all files mean it. */
  public static Map<String, @Nullable Object> base(int i) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", "i" + i);
    values.put("card", "Card " + i % 3);
    values.put("amount", 1.5 * i);
    values.put("qty", (long) i);
    values.put("price", (double) 0.1f);
    values.put("at", Instant.parse("2025-01-01T00:00:00Z").plus(i, ChronoUnit.HOURS));
    return values;
  }

  private static Object other(String column, String value, int i) {
    return switch (column) {
      case "amount" -> value.equals("doubled") ? (Object) (3.0 * i) : Double.valueOf(value);
      case "id" -> String.format("00000000-0000-4000-8000-%012x", i);
      case "at" ->
          value.equals("midnight")
              ? Instant.parse("2025-01-01T00:00:00Z")
              : Instant.parse(value.split("\\+")[0])
                  .plus(Duration.parse("PT" + value.split("\\+")[1]).multipliedBy(i));
      default -> throw new IllegalArgumentException(column);
    };
  }
}
