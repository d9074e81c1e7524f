package dev.lockstep.aggregate;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.util.Arrays;

/**
 * Keeps how often each value of the first input occurs: what mode, histogram, entropy and their
 * like share. A row that enters or leaves costs a constant.
 */
record Frequencies(ValueType input) implements StateSpec {

  @Override
  public Cost size() {
    return Cost.VALUES;
  }

  @Override
  public Table newState() {
    return new Table(input);
  }

  /**
   * The counts, by the numbers of a dictionary. Values that left stay in it with a count of 0 until
   * they are more than those present: so results must not depend on the numbers.
   */
  static final class Table implements WindowState {
    private static final int FIRST_CAPACITY = 8;

    private final ValueType type;
    private ValueDictionary dictionary;
    private int[] counts = new int[FIRST_CAPACITY];
    private int events;
    private int present;

    private Table(ValueType type) {
      this.type = type;
      this.dictionary = new ValueDictionary(type);
    }

    @Override
    public void enter(WindowRows rows, int row) {
      int number = dictionary.number(rows.input(0), row);
      if (number >= counts.length) {
        counts = Arrays.copyOf(counts, counts.length * 2);
      }
      if (counts[number]++ == 0) {
        present++;
      }
      events++;
    }

    @Override
    public void leave(WindowRows rows, int row) {
      events--;
      if (--counts[dictionary.number(rows.input(0), row)] == 0) {
        present--;
        if (dictionary.size() > FIRST_CAPACITY + 2 * present) {
          forgetAbsent();
        }
      }
    }

    @Override
    public void clear() {
      dictionary = new ValueDictionary(type);
      counts = new int[FIRST_CAPACITY];
      events = 0;
      present = 0;
    }

    /** The number of events. */
    int events() {
      return events;
    }

    /** The number of different values. */
    int present() {
      return present;
    }

    /** The values, by their numbers. */
    ColumnVector values() {
      return dictionary.values();
    }

    /** How often the value of a number occurs. */
    int count(int number) {
      return counts[number];
    }

    /**
     * The numbers of at most so many values, the most frequent first; of equals the least value.
     */
    int[] mostFrequent(int most) {
      return select(
          new BestFew(
              most,
              (a, b) ->
                  counts[a] != counts[b]
                      ? Integer.compare(counts[b], counts[a])
                      : values().compare(a, b)));
    }

    /** The numbers of all values, the least first. */
    int[] inValueOrder() {
      return select(new BestFew(present, values()::compare));
    }

    private int[] select(BestFew best) {
      for (int number = 0; number < dictionary.size(); number++) {
        if (counts[number] > 0) {
          best.offer(number);
        }
      }
      return best.take();
    }

    private void forgetAbsent() {
      ValueDictionary kept = new ValueDictionary(type);
      int[] ofKept = new int[FIRST_CAPACITY + 2 * present];
      for (int number = 0; number < dictionary.size(); number++) {
        if (counts[number] > 0) {
          ofKept[kept.number(dictionary.values(), number)] = counts[number];
        }
      }
      dictionary = kept;
      counts = ofKept;
    }
  }
}
