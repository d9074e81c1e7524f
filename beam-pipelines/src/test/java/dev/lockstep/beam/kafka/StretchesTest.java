package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stretches of time: those that meet are one, and of too many none is lost. */
class StretchesTest {
  private static final long SEED = 17;

  @Test
  void thoseThatMeetAreOne() {
    Stretches stretches = new Stretches();
    stretches.add(10, 20);
    stretches.add(40, 50);
    stretches.add(5, 4);
    stretches.add(60, 60);
    assertEquals(List.of("10-20", "40-50", "60-60"), all(stretches));
    stretches.add(20, 40);
    assertEquals(List.of("10-50", "60-60"), all(stretches));
    stretches.add(0, 100);
    assertEquals(List.of("0-100"), all(stretches));
    assertTrue(stretches.contains(0) && stretches.contains(100) && !stretches.contains(101));
  }

  @Test
  void ofTooManyNoneIsLost() {
    Random random = new Random(SEED);
    Stretches stretches = new Stretches();
    List<Long> added = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      long at = random.nextInt(10_000_000);
      stretches.add(at, at + random.nextInt(3));
      added.add(at);
    }
    assertTrue(all(stretches).size() <= 1_000);
    assertTrue(added.stream().allMatch(stretches::contains));
  }

  private static List<String> all(Stretches stretches) {
    List<String> all = new ArrayList<>();
    stretches.each((from, until) -> all.add(from + "-" + until));
    return all;
  }
}
