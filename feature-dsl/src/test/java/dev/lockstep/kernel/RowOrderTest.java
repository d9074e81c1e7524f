package dev.lockstep.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RowOrderTest {
  /** Rows by a number each, of few, so that many are alike; then by themselves. */
  private static final class ByNumber implements RowOrder.Order {
    private final List<Long> numbers = new ArrayList<>();

    int add(long number) {
      numbers.add(number);
      return numbers.size() - 1;
    }

    @Override
    public int compare(int row, int other) {
      return Comparator.<Integer, Long>comparing(numbers::get)
          .thenComparing(Comparator.naturalOrder())
          .compare(row, other);
    }

    @Override
    public void sort(int[] rows, int size) {
      RowSort.sort(rows, size, this::compare, numbers::get);
    }
  }

  @RepeatedTest(40)
  void isThatOfASortedList(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    ByNumber numbers = new ByNumber();
    RowOrder order = new RowOrder(numbers);
    List<Integer> expected = new ArrayList<>();
    int kinds = 1 << random.nextInt(12);
    int leave = 1 + random.nextInt(4);
    int asked = 1 << random.nextInt(10);
    for (int i = 0; i < 5_000; i++) {
      if (!expected.isEmpty() && random.nextInt(5) < leave) {
        order.remove(expected.remove(random.nextInt(expected.size())));
      } else {
        int row = numbers.add(random.nextInt(kinds) - kinds / 2);
        order.add(row);
        expected.add(row);
      }
      if (random.nextInt(asked) == 0) {
        expected.sort(numbers::compare);
        long bound = random.nextInt(kinds) - kinds / 2;
        List<Integer> before =
            expected.stream().filter(row -> numbers.numbers.get(row) < bound).toList();
        assertEquals(expected, rows(order));
        assertEquals(before.size(), order.count(row -> numbers.numbers.get(row) < bound));
        assertEquals(
            before.size() == expected.size() ? -1 : expected.get(before.size()),
            order.firstNot(row -> numbers.numbers.get(row) < bound));
      }
    }
  }

  private static List<Integer> rows(RowOrder order) {
    int[] rows = new int[order.size()];
    order.copyTo(rows);
    List<Integer> shown = new ArrayList<>();
    order.forEach(0, order.size(), shown::add);
    assertEquals(Arrays.stream(rows).boxed().toList(), shown);
    return shown;
  }

  @Test
  void saysWhereARowIsTheLast() {
    ByNumber numbers = new ByNumber();
    RowOrder order = new RowOrder(numbers);
    assertTrue(order.add(numbers.add(5)));
    assertTrue(order.add(numbers.add(5)));
    assertFalse(order.add(numbers.add(4)));
  }

  @RepeatedTest(20)
  void keysSortAsTheComparisonDoes(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    long[] numbers = random.longs(3_000).toArray();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt(9) == 0 ? numbers[0] : numbers[i] >> random.nextInt(64);
    }
    int[] rows = new int[numbers.length];
    Arrays.setAll(rows, i -> i);
    Integer[] expected = Arrays.stream(rows).boxed().toArray(Integer[]::new);
    Arrays.sort(expected, Comparator.comparing(row -> numbers[row]));
    RowSort.sort(
        rows,
        rows.length,
        (a, b) -> Long.compare(numbers[a], numbers[b]),
        row -> 7, // says nothing
        row -> numbers[row] >> 3); // tells some apart
    assertArrayEquals(expected, Arrays.stream(rows).boxed().toArray(Integer[]::new));
  }
}
