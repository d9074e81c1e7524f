package dev.lockstep.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.write.LabelDelays;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.training.SyntheticPlan;
import dev.lockstep.training.TrainingException;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
  private static final long SEED = 20_261_130;
  private static final long HOUR = 3_600 * Micros.PER_SECOND;

  private static LabelWait of(long micros) {
    return LabelWait.bounded(micros);
  }

  /** Rows at drawn times, some of one instant, a tenth without label. */
  private static TrainingRows rows(Random random, int count, long range) {
    TrainingRows rows = new TrainingRows(List.of("x"), List.of(ValueType.LONG));
    Values x = new Values(rows.featureTypes());
    long time = 0;
    for (int i = 0; i < count; i++) {
      x.setLong(0, i);
      if (random.nextInt(5) > 0) {
        time = (long) (random.nextDouble() * range);
      }
      rows.add("r" + i, time, x, random.nextInt(10) == 0 ? Float.NaN : random.nextInt(2));
    }
    return rows;
  }

  @Test
  void noRowIsInAPartBeforeItsLabelWasKnown() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      TrainingRows rows = rows(random, 400, 1_000 * HOUR);
      long wait = round % 10 == 0 ? 0 : (long) (random.nextDouble() * 250) * HOUR;
      TimeSplit split = TimeSplit.of(rows, 0.2, 0.25, of(wait));

      List<Integer> training = new ArrayList<>();
      List<Integer> validation = new ArrayList<>();
      List<Integer> test = new ArrayList<>();
      List<Integer> known = new ArrayList<>();
      int purgedTraining = 0;
      int purgedValidation = 0;
      for (int row = 0; row < rows.size(); row++) {
        long t = rows.eventTimeMicros(row);
        if (Float.isNaN(rows.label(row))) {
          continue;
        }
        if (t >= split.testMicros()) {
          test.add(row);
          continue;
        }
        if (t + wait < split.testMicros()) {
          known.add(row);
        }
        if (t >= split.validationMicros()) {
          if (t + wait >= split.testMicros()) {
            purgedValidation++;
          } else {
            validation.add(row);
          }
        } else if (t + wait >= split.validationMicros()) {
          purgedTraining++;
        } else {
          training.add(row);
        }
      }
      String drawn = "seed " + SEED + ", round " + round;
      assertArrayEquals(array(training), split.training(), drawn);
      assertArrayEquals(array(validation), split.validation(), drawn);
      assertArrayEquals(array(test), split.test(), drawn);
      assertArrayEquals(array(known), split.beforeTest(), drawn);
      assertEquals(purgedTraining, split.purgedTraining(), drawn);
      assertEquals(purgedValidation, split.purgedValidation(), drawn);
      assertTrue(wait == 0 || purgedTraining > 0 || wait < 30 * HOUR, drawn);
    }
  }

  private static int[] array(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void eachPartHasItsShareOfWhatTwoWaitsLeave() {
    TrainingRows rows = new TrainingRows(List.of("x"), List.of(ValueType.LONG));
    Values x = new Values(rows.featureTypes());
    for (int i = 0; i <= 100; i++) {
      rows.add("r" + i, i * HOUR, x, i % 2);
    }
    TimeSplit split = TimeSplit.of(rows, 0.25, 0.25, of(10 * HOUR));

    assertEquals(80 * HOUR, split.testMicros()); // a quarter of 80 hours
    assertEquals(50 * HOUR, split.validationMicros()); // 20 hours, and 10 of the wait
    assertEquals(40, split.training().length); // 0 to 39: 39 + 10 < 50
    assertEquals(20, split.validation().length);
    assertEquals(21, split.test().length);
    assertEquals(10, split.purgedTraining());
    assertEquals(10, split.purgedValidation());
    assertEquals(70, split.beforeTest().length);
  }

  @Test
  void aRangeWithoutRoomForTwoWaitsIsRefused() {
    TrainingRows rows = rows(new Random(SEED), 50, 47 * HOUR);
    for (long wait : new long[] {24 * HOUR, 1_000 * HOUR, Long.MAX_VALUE}) {
      String message =
          assertThrows(TrainingException.class, () -> TimeSplit.of(rows, 0.2, 0.2, of(wait)))
              .getMessage();
      assertTrue(message.contains("cure: export a range of time well over twice"), message);
    }
  }

  @Test
  void theWaitIsThatOfThePlanOrWhatWasSeen() {
    // within 24 hours, and the day of lateness that a source has by default
    assertEquals(of(48 * HOUR), LabelWait.of(SyntheticPlan.planOfAnotherLabel(), set(Map.of())));
    assertEquals(LabelWait.NONE, LabelWait.of(SyntheticPlan.planOfAColumn(), set(Map.of())));
    assertEquals(
        new LabelWait(LabelWait.Kind.ENDLESS, 0, Long.MAX_VALUE),
        LabelWait.of(SyntheticPlan.plan(), set(Map.of())));
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      long delay =
          i < 999 ? HOUR / 2 : 100 * HOUR; // half an hour is in the bucket of 1792 to 2048 s
      counts.merge(LabelDelays.name(delay) + "/settlements", 1L, Long::sum);
    }
    assertEquals(
        new LabelWait(LabelWait.Kind.ENDLESS, 2048 * Micros.PER_SECOND, 500 * HOUR),
        LabelWait.of(SyntheticPlan.plan(), set(counts)));
  }

  private static Manifest set(Map<String, Long> counts) {
    FeaturePlan plan = SyntheticPlan.plan();
    return new Manifest(
        plan.name(),
        plan.fingerprint(),
        plan.text(),
        new TrainingSchema(List.of(), List.of(), null),
        1,
        Instant.EPOCH,
        Instant.EPOCH.plus(Duration.ofHours(500)),
        null,
        counts,
        List.of(),
        List.of(),
        "test");
  }
}
