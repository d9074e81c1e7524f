package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.gapMean;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.lastK;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.previous;
import static dev.lockstep.define.Aggregations.sinceFirst;
import static dev.lockstep.define.Aggregations.sinceLast;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Condition;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One key with very many events of which very few take part, or whose extreme is behind the
 * window's end: aggregations that say constant are.
 *
 * <p>The timeouts are deadlines, not measurements: a kernel that looks through a window for each
 * request would take many minutes.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RareEventsTest {
  /** What happens. */
  record Tap(String card, long cents, @Nullable Long fee, boolean declined, Instant at) {}

  private static final int MANY = 300_000;
  private static final int RARELY = 100_000;
  private static final long SECOND = 1_000_000;
  private static final long START = 1_700_006_400 * SECOND; // a midnight

  private final Window month = Window.last(days(30));
  private final Window before = Window.last(days(30)).endingBefore(hours(1));
  private final Condition declined = field(Tap::declined);
  private final EventSource<Tap> taps = EventSource.of(Tap.class).named("taps").eventTime(Tap::at);
  private final ViewPlan view =
      FeaturePlan.of(
              FeatureSet.named("rare")
                  .forEach(taps)
                  .with(
                      FeatureView.named("by_card")
                          .over(taps)
                          .by(Entity.string("card"), Tap::card)
                          .feature("count", count().where(declined).over(month))
                          .feature("since_last", sinceLast().where(declined).over(month))
                          .feature("since_first", sinceFirst().where(declined).over(month))
                          .feature("gap", gapMean().where(declined).over(month))
                          .feature("last", last(Tap::fee).over(month))
                          .feature("previous", previous(Tap::fee).over(month))
                          .feature("last_k", lastK(Tap::fee, 5).over(month))
                          .feature("max", max(Tap::cents).over(before))
                          .feature("yesterday", max(Tap::cents).over(Window.tumbling(hours(24))))))
          .views()
          .get(0);
  private final EntityState state = new EntityState(view);
  private final Values out = new Values(view.resultTypes());

  private int column(String feature) {
    return feature(feature).inputs().get(0);
  }

  private ViewPlan.Feature feature(String name) {
    return view.features().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private @Nullable Object result(String feature) {
    List<String> names = view.features().stream().map(ViewPlan.Feature::name).toList();
    return out.get(names.indexOf(feature));
  }

  private void tap(int i, long time) {
    Values values = new Values(view.columnTypes());
    values.setLong(column("max"), i);
    values.setBoolean(feature("count").filter(), i % RARELY == 0);
    if (i % RARELY == 0) {
      values.setLong(column("last"), i / RARELY);
    }
    state.answer(new BranchRow(true, true, time, time, i, values, null, 0), out);
  }

  @Test
  void fewThatTakePartAndAValueThatRises() {
    for (int i = 0; i < MANY; i++) {
      tap(i, START + i * SECOND);
      long newest = i / RARELY;
      assertEquals((double) (i % RARELY), result("since_last"));
      assertEquals((double) i, result("since_first"));
      assertEquals(newest == 0 ? null : (Double) (double) RARELY, result("gap"));
      assertEquals(newest, result("last"));
      assertEquals(newest == 0 ? null : (Long) (newest - 1), result("previous"));
      assertEquals(i < 3_600 ? null : (Long) (long) (i - 3_600), result("max"));
      assertEquals(i / 86_400 * 86_400L, result("yesterday"));
    }
    assertEquals("[2,1,0]", result("last_k"));
  }

  @Test
  void noneThatTakesPart() {
    for (int i = 1; i < RARELY; i++) {
      tap(i, START + i * SECOND);
      assertEquals(0L, result("count"));
      assertEquals(null, result("since_last"));
      assertEquals(null, result("previous"));
      assertEquals(null, result("last_k"));
    }
  }
}
