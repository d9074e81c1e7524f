package dev.lockstep.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Chunks split, join and empty without losing a value, against one sorted list. */
class SortedLongsTest {
  private static final long SEED = 20_261_122;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final SortedLongs sorted = new SortedLongs();
  private final List<Long> expected = new ArrayList<>();

  @Test
  void growsAndShrinksAgain() {
    run(12, 4_000);
    run(1_000_000, 6_000);
  }

  @Test
  void manyEqualValues() {
    run(3, 5_000);
  }

  private void run(int values, int most) {
    for (int wave = 0; wave < 3; wave++) {
      while (expected.size() < most) {
        step(values, 4);
      }
      while (expected.size() > wave * 20) {
        step(values, 1);
      }
      compare();
    }
    sorted.clear();
    expected.clear();
    compare();
  }

  /** Adds with a chance of {@code likely} in 5, else removes one that is held. */
  private void step(int values, int likely) {
    if (random.nextInt(5) < likely || expected.isEmpty()) {
      long value = random.nextInt(20) == 0 ? extreme() : random.nextInt(values) - values / 2;
      int place = Collections.binarySearch(expected, value);
      expected.add(place < 0 ? ~place : place, value);
      sorted.add(value);
    } else {
      sorted.remove(expected.remove(random.nextInt(expected.size())));
    }
    if (random.nextInt(2_000) == 0) {
      compare();
    }
  }

  private long extreme() {
    return random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  private void compare() {
    List<Long> actual = new ArrayList<>();
    for (int place = 0; place < sorted.size(); place++) {
      actual.add(sorted.get(place));
    }
    assertEquals(expected, actual, () -> "seed " + SEED);
  }

  @Test
  void whatIsNotHeldCanNotLeave() {
    sorted.add(1);
    sorted.add(3);
    assertEquals(
        "the sorted values don't hold 2; remove only what was added",
        assertThrows(IllegalStateException.class, () -> sorted.remove(2)).getMessage());
    assertThrows(IllegalStateException.class, () -> sorted.remove(0));
    assertThrows(IllegalStateException.class, () -> new SortedLongs().remove(1));
  }
}
