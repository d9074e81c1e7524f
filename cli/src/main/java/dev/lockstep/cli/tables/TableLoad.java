package dev.lockstep.cli.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a load of a table did.
 *
 * @param load its number, in the store
 */
public record TableLoad(String table, long load, Written written, Gone gone) {
  /** So many keys are named. */
  static final int SHOWN = 5;

  /**
   * The keys that it brought.
   *
   * @param keys all of them
   * @param taken those that the store took; the others a later load wrote meanwhile
   */
  public record Written(long keys, long taken) {}

  /**
   * The keys that the store had and the load didn't bring.
   *
   * @param removed those that were removed
   * @param first some of them
   */
  public record Gone(long keys, long removed, List<String> first) {}

  /** What to tell of it, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "table %s, load %d: %d keys written", table, load, written.taken));
    if (written.taken < written.keys) {
      lines.add(
          "  "
              + (written.keys - written.taken)
              + " keys are as a later load wrote them, or their writes were repeated");
    }
    if (gone.keys > 0) {
      lines.add(
          "  "
              + gone.keys
              + " keys are in Redis, but not in the history any more: "
              + gone.first
              + (gone.keys > gone.first.size() ? " and more" : "")
              + (gone.removed > 0
                  ? "; " + gone.removed + " were removed"
                  : "; --replace removes them"));
    }
    return lines;
  }
}
