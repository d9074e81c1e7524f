package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.StateMark;
import dev.lockstep.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** C11: what changes an answer moves the mark, or a store would refuse it. */
class StateMarkTest {
  record Swipe(String card, Long amount, Instant at) {}

  private static final long SEED = 20261130;
  private static final ViewPlan VIEW = view();

  private static ViewPlan view() {
    EventSource<Swipe> swipes = EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at);
    return FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(swipes)
                .with(
                    FeatureView.named("by_card")
                        .over(swipes)
                        .by(Entity.string("card"), Swipe::card)
                        .feature("spent", sum(Swipe::amount).over(Window.last(minutes())))))
        .views()
        .get(0);
  }

  private static Duration minutes() {
    return Duration.ofMinutes(10);
  }

  private static StateMark mark(EntityState state) {
    return EntityStateCodec.markOf(new EntityStateCodec(VIEW).toBytes(state), 0);
  }

  private static BranchRow event(long time) {
    Values values = new Values(VIEW.columnTypes());
    values.setLong(0, time);
    return new BranchRow(true, false, time, time, 0, values, null, 0);
  }

  @Test
  void anEventTakenBackMovesIt() {
    EntityState state = new EntityState(VIEW);
    state.add(event(5));
    StateMark before = mark(state);
    assertTrue(state.retract(event(5)));
    assertTrue(mark(state).compareTo(before) > 0, before + ", then " + mark(state));
    StateMark after = mark(state);
    assertFalse(state.retract(event(5)), "it is there no longer");
    assertEquals(after, mark(state));
  }

  @Test
  void everyChangeMovesItAndPruningDoesNot() {
    SplittableRandom random = new SplittableRandom(SEED);
    EntityState state = new EntityState(VIEW);
    List<BranchRow> held = new ArrayList<>();
    StateMark before = mark(state);
    for (int i = 1; i < 2_000; i++) {
      if (!held.isEmpty() && random.nextInt(3) == 0) {
        assertTrue(state.retract(held.remove(random.nextInt(held.size()))));
      } else {
        BranchRow event = event(random.nextInt(10) == 0 ? random.nextInt(i) : i);
        held.add(event);
        state.add(event);
      }
      assertTrue(mark(state).compareTo(before) > 0, "seed " + SEED + ", step " + i);
      before = mark(state);
      state.prune(0);
      assertEquals(before, mark(state));
    }
  }
}
