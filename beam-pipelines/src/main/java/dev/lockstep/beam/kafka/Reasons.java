package dev.lockstep.beam.kafka;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Why a source's records are no events, counted by reason: texts, numbers and times in the reasons
 * left out, and of too many kinds the rest together. Not thread-safe.
 */
public final class Reasons {
  /** Begins the counts of events later than their source's lateness (C4). */
  public static final String LATE = "late";

  /** Begins the counts of records that can't be events (C13). */
  public static final String DEAD_LETTERS = "deadLetters";

  private static final int MOST = 200;
  private static final String OTHERS = "other reasons";

  /** A text in quotes; an instant; a number. */
  private static final Pattern VALUES =
      Pattern.compile("\"[^\"]*\"|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|(?<![\\w\\[])-?\\d[\\d.]*");

  private final String source;
  private final Map<String, Long> counts = new TreeMap<>();

  Reasons(String source) {
    this.source = source;
  }

  void add(String kind, String reason) {
    String name = kind + "/" + source + "/" + withoutValues(reason);
    boolean another = counts.size() >= MOST && !counts.containsKey(name);
    counts.merge(another ? kind + "/" + source + "/" + OTHERS : name, 1L, Long::sum);
  }

  /** A reason with the texts, numbers and times in it left out. */
  static String withoutValues(String reason) {
    return VALUES.matcher(reason).replaceAll("...");
  }

  /** Tells each count, by {@code KIND/SOURCE/REASON}. */
  void each(BiConsumer<String, Long> told) {
    counts.forEach(told);
  }
}
