package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.change;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.first;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.previous;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One key with very many events, where each costs what it costs among few.
 *
 * <p>The timeouts are deadlines, not measurements: a kernel that looks through a window or what
 * waits for each event would take many minutes.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HotKeyTest {
  /** What happens. */
  record Tap(String card, long cents, Instant at) {}

  private static final int MANY = 200_000;
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;
  private static final long SEED = 20_261_130;

  private final EventSource<Tap> taps = EventSource.of(Tap.class).named("taps").eventTime(Tap::at);
  private final Window month = Window.last(days(30));
  private final ViewPlan view =
      FeaturePlan.of(
              FeatureSet.named("hot")
                  .forEach(taps)
                  .with(
                      FeatureView.named("by_card")
                          .over(taps)
                          .by(Entity.string("card"), Tap::card)
                          .feature("count", count().over(month))
                          .feature("sum", sum(Tap::cents).over(month))
                          .feature("max", max(Tap::cents).over(month))
                          .feature("distinct", distinct(Tap::cents).over(month))
                          .feature("first", first(Tap::cents).over(month))
                          .feature("last", last(Tap::cents).over(month))
                          .feature("previous", previous(Tap::cents).over(month))
                          .feature("change", change(Tap::cents).over(month))))
          .views()
          .get(0);
  private final EntityState state = new EntityState(view);
  private final Values out = new Values(view.resultTypes());
  private final SplittableRandom random = new SplittableRandom(SEED);

  private BranchRow tap(boolean asks, long time, long available, long sequence, long cents) {
    Values values = new Values(view.columnTypes());
    values.setLong(0, cents);
    return new BranchRow(true, asks, time, available, sequence, values, null, 0);
  }

  private void ask(long time, long available) {
    state.answer(new BranchRow(false, true, time, available, Long.MAX_VALUE, null, null, 0), out);
  }

  private long result(String feature) {
    List<String> names = view.features().stream().map(ViewPlan.Feature::name).toList();
    return out.getLong(names.indexOf(feature));
  }

  /** C2: those of one instant that no sequence tells apart don't know each other. */
  @Test
  void aDayOfEventsAtOneMidnight() {
    long[] yesterday = midnight(DAY, 0, 0);
    long[] today = midnight(2 * DAY, yesterday[0], yesterday[1]);
    for (int i = 0; i < 1_000; i++) {
      state.answer(tap(true, 3 * DAY, 3 * DAY, 0, i), out);
      assertEquals(2 * MANY + 1, result("count"));
      assertEquals(yesterday[0] + today[0] + i, result("sum"));
      assertEquals(today[1], result("previous"));
      assertEquals(yesterday[2], result("first"));
    }
  }

  /** The sum of the day's amounts, the greatest, and the least. */
  private long[] midnight(long midnight, long known, long greatestKnown) {
    int before = state.size();
    long sum = 0;
    long greatest = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MANY; i++) {
      long cents = 1 + random.nextInt(1_000_000);
      state.answer(tap(true, midnight, midnight, 0, cents), out);
      assertEquals(before + 1, result("count"));
      assertEquals(known + cents, result("sum"));
      assertEquals(Math.max(greatestKnown, cents), result("max"));
      assertEquals(cents, result("last"));
      sum += cents;
      greatest = Math.max(greatest, cents);
      least = Math.min(least, cents);
    }
    return new long[] {sum, greatest, least};
  }

  /** The same in order of what a sequence says. */
  @Test
  void aDayOfEventsAtOneMidnightWithSequences() {
    long before = 0;
    for (int i = 0; i < MANY; i++) {
      long cents = random.nextInt(1_000_000);
      state.answer(tap(true, DAY, DAY, i, cents), out);
      assertEquals(i + 1, result("count"));
      assertEquals(cents, result("last"));
      assertEquals(before, i == 0 ? 0 : result("previous"));
      before = cents;
    }
  }

  /** A day's events that all become known at its end, the values rising with the time. */
  @Test
  void aDayOfEventsThatBecomeKnownAtItsEnd() {
    for (int day = 1; day <= 2; day++) {
      for (int i = 0; i < MANY; i++) {
        state.answer(tap(true, (day - 1) * DAY + i, day * DAY, 0, i), out);
        assertEquals((day - 1) * MANY + 1, result("count"));
        assertEquals(day == 1 ? i : MANY - 1, result("max"));
        assertEquals(day == 1 ? 1 : MANY, result("distinct"));
        assertEquals(i, result("last"));
      }
    }
  }

  /** Events of one instant that only a request of the next one knows, values in no order. */
  @Test
  void aDayOfEventsThatNobodyAsksAbout() {
    long greatest = 0;
    for (int i = 0; i < MANY; i++) {
      long cents = random.nextInt(1_000_000);
      state.add(tap(false, DAY, DAY, 0, cents));
      greatest = Math.max(greatest, cents);
    }
    for (int i = 0; i < 1_000; i++) {
      ask(2 * DAY + i, 2 * DAY + i);
      assertEquals(MANY, result("count"));
      assertEquals(greatest, result("last"));
      state.answer(tap(true, 2 * DAY + i, 2 * DAY + i, 0, -1), out);
      assertTrue(state.retract(tap(false, 2 * DAY + i, 2 * DAY + i, 0, -1)));
    }
  }

  /** So many wait all the time: each becomes known long after it came, in about their order. */
  @Test
  void manyWaitingEvents() {
    long wait = MANY * SECOND;
    List<BranchRow> waiting = new ArrayList<>();
    for (int i = 0; i < 3 * MANY; i++) {
      long time = 30 * DAY + i * SECOND;
      BranchRow event =
          tap(false, time, time + wait + random.nextLong(60 * SECOND), i, random.nextInt(1_000));
      state.add(event);
      waiting.add(event);
      ask(time, time);
      if (i < MANY) {
        assertEquals(0, result("count"));
      } else {
        assertTrue(result("count") <= i - MANY + 1 && result("count") >= i - MANY - 61);
      }
      assertTrue(state.pending.size() <= MANY + 61);
      state.prune(time);
    }
  }

  /** C9: copies of one instant that are taken back, known or not. */
  @Test
  void retractedOfOneMidnight() {
    List<BranchRow> events = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      events.add(tap(false, DAY, DAY, 0, random.nextInt(1_000_000)));
      state.add(events.get(i));
    }
    for (int i = 0; i < MANY / 2; i++) {
      assertTrue(state.retract(events.get(i)));
    }
    ask(2 * DAY, 2 * DAY);
    assertEquals(MANY / 2, result("count"));
    for (int i = MANY / 2; i < MANY / 2 + 1_000; i++) {
      assertTrue(state.retract(events.get(i)));
    }
    ask(2 * DAY, 2 * DAY);
    assertEquals(MANY / 2 - 1_000, result("count"));
    assertEquals(
        events.subList(MANY / 2 + 1_000, MANY).stream()
            .mapToLong(e -> e.values().getLong(0))
            .max()
            .orElseThrow(),
        result("last"));
  }
}
