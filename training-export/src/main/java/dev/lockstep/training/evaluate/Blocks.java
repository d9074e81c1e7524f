package dev.lockstep.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that share what chance gave them, such as all of one day: drawn together or not at all.
 *
 * @param name what a block is
 * @param of each row's block, from 0
 * @param count how many blocks
 */
record Blocks(String name, int[] of, int count) {
  static final String DAY = "day";
  static final String ROW = "row";

  /** Fewer blocks than these don't tell how much they differ. */
  static final int FEWEST = 10;

  private static final long DAY_MICROS = 86_400_000_000L;

  /** What can be drawn of some rows, and what can't be told of them. */
  record Choice(List<Blocks> blocks, List<String> notes) {
    Choice {
      blocks = List.copyOf(blocks);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Days of UTC and entities, each where there are enough; single rows where there are enough of
   * neither.
   */
  static Choice choose(TestRows rows) {
    List<Blocks> chosen = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Blocks days = byDay(rows.timesMicros());
    if (days.count >= FEWEST) {
      chosen.add(days);
    } else {
      notes.add(
          "the rows are of "
              + days.count
              + (days.count == 1 ? " day" : " days")
              + ", and how much days differ can't be told from fewer than "
              + FEWEST
              + ": the intervals may be too narrow");
    }
    for (TestRows.Keys keys : rows.keys()) {
      Blocks entities = byKey(keys);
      if (entities.count >= FEWEST) {
        chosen.add(entities);
      }
    }
    if (chosen.isEmpty() && rows.labels().length >= FEWEST) {
      chosen.add(byRow(rows.labels().length));
    }
    return new Choice(chosen, notes);
  }

  private static Blocks byRow(int rows) {
    int[] of = new int[rows];
    Arrays.setAll(of, i -> i);
    return new Blocks(ROW, of, rows);
  }

  private static Blocks byDay(long[] timesMicros) {
    Map<Long, Integer> known = new HashMap<>();
    int[] of = new int[timesMicros.length];
    for (int i = 0; i < of.length; i++) {
      long day = Math.floorDiv(timesMicros[i], DAY_MICROS);
      of[i] = known.computeIfAbsent(day, d -> known.size());
    }
    return new Blocks(DAY, of, known.size());
  }

  private static Blocks byKey(TestRows.Keys keys) {
    int[] sorted =
        Arrays.stream(keys.codes()).filter(c -> c != TestRows.NO_KEY).sorted().distinct().toArray();
    int[] of = new int[keys.codes().length];
    int next = sorted.length;
    for (int i = 0; i < of.length; i++) {
      int code = keys.codes()[i];
      of[i] = code == TestRows.NO_KEY ? next++ : Arrays.binarySearch(sorted, code);
    }
    return new Blocks(keys.entity(), of, next);
  }
}
