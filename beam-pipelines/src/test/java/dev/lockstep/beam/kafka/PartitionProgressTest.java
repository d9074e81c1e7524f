package dev.lockstep.beam.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How far a partition is, by what was read of it and what was asked about it (C5). */
class PartitionProgressTest {
  private static final long NOON = 1_796_040_000_000L;
  private static final long FAR = Long.MAX_VALUE;

  @Test
  void recordsMoveItLessTheDisorder() {
    PartitionProgress progress = live(30, 100);
    progress.read(0, NOON, FAR);
    assertEquals(NOON - 30, progress.millis());
    progress.read(1, NOON - 20, FAR);
    assertEquals(NOON - 30, progress.millis(), "never back");
    assertEquals(0, progress.overdue(), "within the disorder");
    progress.read(2, NOON - 31, FAR);
    assertEquals(1, progress.overdue());
  }

  @Test
  void aQuietLivePartitionFollowsTheClockOnceItIsRead() {
    PartitionProgress progress = live(0, 100);
    progress.asked(NOON, 2);
    assertEquals(0, progress.millis(), "two records aren't read yet");
    progress.read(0, NOON - 5_000, FAR);
    progress.read(1, NOON - 4_000, FAR);
    assertEquals(NOON - 100, progress.millis());
    progress.asked(NOON + 1_000, 2);
    assertEquals(NOON + 900, progress.millis());
  }

  @Test
  void anEmptyPartitionFollowsTheClockToo() {
    PartitionProgress progress = live(0, 100);
    progress.asked(NOON, 0);
    assertEquals(NOON - 100, progress.millis());
  }

  @Test
  void aReplayFollowsItsRecordsAndClocksAlone() {
    PartitionProgress progress = new PartitionProgress(topic(0, 100), false, 0, 0);
    progress.asked(NOON, 0);
    assertEquals(0, progress.millis());
    progress.clock(NOON - 7);
    progress.readTo(1);
    assertEquals(NOON - 7, progress.millis());
    progress.read(1, NOON, FAR);
    assertEquals(NOON, progress.millis());
  }

  @Test
  void aStampAheadOfTheBrokersClockTellsNothing() {
    PartitionProgress progress = live(0, 100);
    progress.read(0, NOON + 86_400_000, NOON);
    assertEquals(0, progress.millis());
    progress.read(1, NOON, NOON);
    assertEquals(NOON, progress.millis());
  }

  @Test
  void markersOfTransactionsCountAsRead() {
    PartitionProgress progress = live(0, 100);
    progress.asked(NOON, 3);
    progress.read(0, NOON - 9_000, FAR);
    assertEquals(NOON - 9_000, progress.millis(), "an open transaction holds it");
    progress.readTo(3); // the rest was aborted
    assertEquals(NOON - 100, progress.millis());
  }

  @Test
  void whereMoreIsAppendedThanReadProgressGoesOn() {
    PartitionProgress progress = live(0, 100);
    for (int i = 1; i <= 10_000; i++) { // each answer finds one more record
      progress.asked(NOON + i, i);
    }
    for (int i = 0; i < 100; i++) {
      progress.read(i, NOON - 50_000, FAR);
    }
    assertEquals(NOON + 100 - 100, progress.millis(), "as of the time when 100 were there");
    for (int i = 100; i < 9_999; i++) {
      progress.read(i, NOON - 50_000, FAR);
    }
    assertTrue(progress.millis() < NOON + 10_000 - 100);
    progress.read(9_999, NOON - 50_000, FAR);
    assertEquals(NOON + 10_000 - 100, progress.millis());
  }

  @Test
  void aCheckpointKeepsWhereItStands() {
    PartitionProgress progress = new PartitionProgress(topic(0, 100), true, 7, NOON);
    assertEquals(NOON, progress.millis());
    progress.asked(NOON - 5_000, 7); // a broker whose clock is behind
    assertEquals(NOON, progress.millis(), "never back");
  }

  /**
   * A model of a partition: at each moment, records are appended with stamps that keep both
   * promises, the end is asked for, or some are read. What is told must be so: no record that is
   * read later is older.
   */
  @Test
  void noRecordThatKeepsThePromisesIsEverOverdue() {
    long seed = 20261201;
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      long disorder = random.nextInt(3) * 10L;
      long visible = random.nextInt(50);
      PartitionProgress progress = live(disorder, visible);
      TreeMap<Long, Long> appended = new TreeMap<>();
      long greatest = NOON;
      long now = NOON;
      long read = 0;
      for (int step = 0; step < 200; step++) {
        now += random.nextInt(20);
        switch (random.nextInt(3)) {
          case 0 -> {
            // It appears now: stamped since now - visible, and not behind others by more than the
            // disorder.
            long least = Math.max(now - visible, greatest - disorder);
            long stamp = least + (long) (random.nextDouble() * Math.max(0, now - least));
            greatest = Math.max(greatest, stamp);
            appended.put((long) appended.size(), stamp);
          }
          case 1 -> progress.asked(now - random.nextInt(5), appended.size());
          default -> {
            for (int n = random.nextInt(3); n > 0 && read < appended.size(); n--) {
              progress.read(read, appended.get(read), now);
              read++;
            }
          }
        }
      }
      assertEquals(0, progress.overdue(), "seed " + seed + ", run " + run);
    }
  }

  private static PartitionProgress live(long disorder, long visibleWithin) {
    return new PartitionProgress(topic(disorder, visibleWithin), true, 0, 0);
  }

  private static InputTopic topic(long disorder, long visibleWithin) {
    return new InputTopic("swipes", disorder, visibleWithin, new TreeMap<>());
  }
}
