package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.sum;
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
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** C4: what no answerable request can read is dropped, also of an entity that nobody asks about. */
class StatePruningTest {
  record Swipe(String card, Long amount, Instant at) {}

  private static final long SECOND = 1_000_000;
  private static final long LATENESS = 100 * SECOND;
  private static final long SEED = 20261130;

  private static ViewPlan view(Window... windows) {
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class)
            .named("swipes")
            .eventTime(Swipe::at)
            .lateness(Duration.ofSeconds(100));
    FeatureView<Swipe> view =
        FeatureView.named("by_card").over(swipes).by(Entity.string("card"), Swipe::card);
    for (int i = 0; i < windows.length; i++) {
      view =
          view.feature("n" + i, count().over(windows[i]))
              .feature("sum" + i, sum(Swipe::amount).over(windows[i]))
              .feature("last" + i, last(Swipe::amount).over(windows[i]));
    }
    return FeaturePlan.of(FeatureSet.named("s").forEach(swipes).with(view)).views().get(0);
  }

  private static BranchRow event(ViewPlan view, long time, long available, long amount) {
    Values values = new Values(view.columnTypes());
    values.setLong(0, amount);
    return new BranchRow(true, false, time, available, 0, values, null, 0);
  }

  private static Values answer(EntityState state, long time, long available) {
    Values out = new Values(state.view.resultTypes());
    state.answer(new BranchRow(false, true, time, available, 0, null, null, 0), out);
    return out;
  }

  @Test
  void theNewestAreKeptOfAnEntityThatNobodyAsksAbout() {
    ViewPlan view = view(Window.lastEvents(3));
    EntityState state = new EntityState(view);
    for (int i = 0; i < 20_000; i++) {
      state.add(event(view, i * SECOND, i * SECOND, i));
      if (i % 256 == 0) {
        state.prune(i * SECOND - LATENESS);
      }
    }
    state.prune(20_000 * SECOND - LATENESS);
    assertTrue(state.size() <= 3 + 2 * LATENESS / SECOND, state.size() + " events held for n = 3");
    state.prune(30_000 * SECOND);
    assertEquals(3, state.size());
    assertEquals(19_999L + 19_998 + 19_997, answer(state, 40_000 * SECOND, 40_000 * SECOND).get(1));
  }

  /** With late events, ties, another window and requests in between: as if nothing was dropped. */
  @Test
  void whatIsDroppedIsReadByNoLaterRequest() {
    for (Window other : new Window[] {Window.lastEvents(1), Window.last(Duration.ofSeconds(150))}) {
      for (int seed = 0; seed < 200; seed++) {
        SplittableRandom random = new SplittableRandom(SEED + seed);
        ViewPlan view = view(Window.lastEvents(3), other);
        EntityState whole = new EntityState(view);
        EntityState pruned = new EntityState(view);
        long now = 0;
        for (int i = 0; i < 120; i++) {
          now += random.nextInt(40) * SECOND;
          long time = now - random.nextInt(3) * random.nextInt(50) * SECOND;
          BranchRow event = event(view, time, now, random.nextInt(4));
          whole.add(event);
          pruned.add(event);
          long oldest = now - LATENESS;
          if (random.nextInt(3) == 0) {
            pruned.prune(oldest);
          }
          if (random.nextInt(5) == 0) {
            long asked = oldest + random.nextInt(101) * SECOND;
            Values expected = answer(whole, asked, now + 1);
            assertEquals(expected, answer(pruned, asked, now + 1), "seed " + (SEED + seed));
          }
        }
        assertTrue(pruned.size() < whole.size());
      }
    }
  }
}
