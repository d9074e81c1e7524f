package dev.lockstep.training;

import dev.lockstep.training.evaluate.TestRows;
import dev.lockstep.value.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose each row is: of every entity a number of 32 bits a row, the key's hash. Two keys of one
 * hash count as one entity, which is rare and only joins what intervals would draw apart.
 */
final class EntityKeys {
  private final List<String> names;
  private final int[][] codes;

  /** Of so many rows, whose keys aren't known yet. */
  EntityKeys(List<String> names, int rows) {
    this.names = List.copyOf(names);
    this.codes = new int[names.size()][rows];
  }

  List<String> names() {
    return names;
  }

  /**
   * Fills in the next keys.
   *
   * @param first how many came before
   * @param places where each row is, by its index as it comes
   */
  void fill(int entity, ColumnVector keys, int count, int first, int[] places) {
    for (int row = 0; row < count; row++) {
      codes[entity][places[first + row]] = hash(keys.isNull(row) ? null : keys.getString(row));
    }
  }

  // SplitMix64's finish over String's own hash: near keys have far codes.
  private static int hash(@Nullable String key) {
    if (key == null) {
      return TestRows.NO_KEY;
    }
    long h = key.hashCode() * 0x9e3779b97f4a7c15L;
    h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
    return (int) (h ^ (h >>> 31));
  }

  /** The codes of some rows, in their order; rows that were never filled have no key. */
  int[] of(String name, int[] rows) {
    int[] all = codes[names.indexOf(name)];
    int[] some = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      some[i] = rows[i] < all.length ? all[rows[i]] : TestRows.NO_KEY;
    }
    return some;
  }
}
