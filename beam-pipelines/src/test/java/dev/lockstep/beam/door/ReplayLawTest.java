package dev.lockstep.beam.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.naive.NaiveDoor;
import dev.lockstep.beam.naive.NaiveMessages;
import dev.lockstep.beam.naive.NaiveRefusal;
import dev.lockstep.beam.naive.NaiveRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules allow a replay: what a plain row's values are, written as JSON with instants as text,
 * is read as these values, whatever unit and zone the source declares (C1, C17).
 */
class ReplayLawTest {
  private static final long SEED = 99;

  @TempDir Path folder;

  @Test
  void aRowWrittenAsJsonIsTheRow() throws Exception {
    Draws draws = new Draws(new Random(SEED));
    List<DrawnRecord> records = new RecordCompiler(folder).draw(draws, 40);
    int rows = 0;
    for (int i = 0; i < 200; i++) {
      DrawnRecord record = records.get(i % 40);
      DrawnCase drawn = DrawnCase.draw(draws, record, 20, folder.resolve(i + ".parquet"));
      if (record.naive().ownCode()) {
        continue; // its code would run twice
      }
      NaiveMessages again =
          new NaiveMessages(new NaiveDoor(drawn.source(), drawn.needed()), List.of());
      for (NaiveRow row : expected(drawn)) {
        if (row.isUsable()) {
          byte[] message = json(drawn, row).getBytes(StandardCharsets.UTF_8);
          NaiveRow read = again.read(message);
          assertEquals(row.values(), read.values(), () -> "seed " + SEED + "\n" + drawn);
          assertEquals(row.notFinite(), read.notFinite());
          rows++;
        }
      }
    }
    assertTrue(rows > 500, "seed " + SEED + ": " + rows + " rows");
  }

  private static List<NaiveRow> expected(DrawnCase drawn) {
    try {
      return drawn.expected();
    } catch (NaiveRefusal e) {
      return List.of();
    }
  }

  private static String json(DrawnCase drawn, NaiveRow row) {
    List<String> fields = new ArrayList<>();
    row.values()
        .forEach(
            (name, value) -> {
              boolean lost = row.notFinite().contains(name);
              boolean bare = value instanceof Number || value instanceof Boolean || value == null;
              String text =
                  value instanceof BigDecimal decimal
                      ? decimal.toPlainString()
                      : isDay(drawn, name)
                          ? String.valueOf(value).replaceFirst("T.*", "")
                          : String.valueOf(value);
              fields.add(
                  quoted(column(drawn, name)) + ":" + (lost ? "NaN" : bare ? text : quoted(text)));
            });
    return "{" + String.join(",", fields) + "}";
  }

  /** Whether a component is a day, which is written as one. */
  private static boolean isDay(DrawnCase drawn, String name) {
    return drawn.record().naive().components().stream()
        .anyMatch(c -> c.name().equals(name) && c.javaType() == LocalDate.class);
  }

  private static String column(DrawnCase drawn, String name) {
    return drawn.record().naive().components().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow()
        .column();
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      out.append(c < 0x20 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : c);
    }
    return out.append('"').toString();
  }
}
