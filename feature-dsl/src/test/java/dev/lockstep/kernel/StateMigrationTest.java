package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.field;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.PlanChange;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import dev.lockstep.value.Values;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** C14: one feature's change keeps the state of the others. */
class StateMigrationTest {
  private static final EventSource<Swipe> SWIPES = swipes(hours(1));

  private static EventSource<Swipe> swipes(Duration lateness) {
    return EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at).lateness(lateness);
  }

  private static FeatureView<Swipe> view(EventSource<Swipe> source) {
    return FeatureView.named("by_card").over(source).by(RandomDefinitions.CARD, Swipe::card);
  }

  private static FeaturePlan plan(EventSource<Swipe> source, FeatureView<Swipe> view) {
    return FeaturePlan.of(FeatureSet.named("set").forEach(source).with(view));
  }

  private static final FeaturePlan BEFORE =
      plan(
          SWIPES,
          view(SWIPES)
              .feature("swipes", count().over(Window.last(hours(24))))
              .feature("spent", sum(Swipe::amount).over(Window.last(hours(24))))
              .feature("notes", distinct(Swipe::note).over(Window.last(minutes(10))))
              .feature("online", sum(Swipe::amount).where(field(Swipe::online)).over(last24()))
              .feature("old", last(Swipe::merchant).over(Window.last(hours(1)))));

  private static final FeaturePlan AFTER =
      plan(
          SWIPES,
          view(SWIPES)
              .feature("spent", sum(Swipe::amount).over(last24()))
              .feature("spent_1h", sum(Swipe::amount).over(Window.last(hours(1))))
              .feature("notes", distinct(Swipe::note).over(Window.last(hours(48))))
              .feature("swipes", count().over(last24()))
              .feature("online", sum(Swipe::amount).where(field(Swipe::online)).over(last24()))
              .feature("items", sum(Swipe::items).over(last24()))
              .feature(
                  "offline", sum(Swipe::amount).where(field(Swipe::online).not()).over(last24())));

  private static Window last24() {
    return Window.last(hours(24));
  }

  @Test
  void aChangeSaysWhatIsKeptRebuiltAndDropped() {
    assertEquals(
        """
        kept     by_card.spent
        kept     by_card.spent_1h
        rebuilt  by_card.notes: the state doesn't reach back over last(2d)
        kept     by_card.swipes
        kept     by_card.online
        rebuilt  by_card.items: the state holds no [items:int LONG]
        rebuilt  by_card.offline: the state holds no [not(online:boolean?) of BOOLEAN]
        dropped  by_card.old
        4 kept, 3 rebuilt, 1 dropped
        """,
        FeaturePlan.diff(BEFORE, AFTER).toString());
  }

  @Test
  void anotherRuleOfTheSourceRebuildsAll() {
    EventSource<Swipe> later = swipes(hours(2));
    FeaturePlan after = plan(later, view(later).feature("swipes", count().over(last24())));
    PlanChange change = FeaturePlan.diff(BEFORE, after);
    assertEquals(List.of("by_card.swipes"), change.of(PlanChange.Fate.REBUILT));
    assertThrows(IllegalArgumentException.class, () -> StateMigration.of(BEFORE, after, "by_card"));
    assertThrows(IllegalArgumentException.class, () -> StateMigration.of(BEFORE, after, "none"));
  }

  /** The view's fingerprint is the same: only its requests, of another source, may be later. */
  private static FeaturePlan askedWithin(Duration lateness, Window window) {
    EventSource<Swipe> requests =
        EventSource.of(Swipe.class).named("requests").eventTime(Swipe::at).lateness(lateness);
    return FeaturePlan.of(
        FeatureSet.named("asked")
            .forEach(requests)
            .entity(RandomDefinitions.CARD, Swipe::card)
            .with(view(SWIPES).feature("spent", sum(Swipe::amount).over(window))));
  }

  @Test
  void stateThatWasPrunedToLessIsNotTakenForWhatLaterRequestsRead() {
    FeaturePlan soon = askedWithin(hours(1), Window.last(hours(1)));
    FeaturePlan late = askedWithin(hours(5), Window.last(hours(1)));
    ViewPlan before = soon.views().get(0);
    ViewPlan after = late.views().get(0);
    assertEquals(before.fingerprint(), after.fingerprint());
    assertEquals(
        """
        rebuilt  by_card.spent: the state was pruned to requests that are less late
        0 kept, 1 rebuilt, 0 dropped
        """,
        FeaturePlan.diff(soon, late).toString());
    assertEquals(1, FeaturePlan.diff(late, soon).of(PlanChange.Fate.KEPT).size());
    assertThrows(IllegalArgumentException.class, () -> StateMigration.of(soon, late, "by_card"));

    byte[] bytes = new EntityStateCodec(before).toBytes(new EntityState(before));
    byte[] header = new BlockedStateCodec(before).write(new EntityState(before)).header();
    for (Executable read :
        List.<Executable>of(
            () -> new EntityStateCodec(after).fromBytes(bytes),
            () -> new BlockedStateCodec(after).read(header, id -> null))) {
      String message = assertThrows(WireException.class, read).getMessage();
      assertTrue(
          message.contains("at most PT1H late, but now they may be PT5H late: bootstrap"), message);
    }
    byte[] kept = new EntityStateCodec(after).toBytes(new EntityState(after));
    EntityState read = new EntityStateCodec(before).fromBytes(kept);
    assertArrayEquals(kept, new EntityStateCodec(before).toBytes(read));
    read.prune(0);
    assertArrayEquals(bytes, new EntityStateCodec(before).toBytes(read), "pruned to less since");
  }

  @Test
  void whatIsNeverPrunedGoesOnForAnyRequest() {
    FeaturePlan soon = askedWithin(hours(1), Window.lifetime());
    FeaturePlan late = askedWithin(hours(5), Window.lifetime());
    assertEquals(1, FeaturePlan.diff(soon, late).of(PlanChange.Fate.KEPT).size());
    EntityState state = new EntityState(soon.views().get(0));
    byte[] bytes = new EntityStateCodec(soon.views().get(0)).toBytes(state);
    assertEquals(0, new EntityStateCodec(late.views().get(0)).fromBytes(bytes).size());
    // Carried over from what was pruned, it was pruned all the same.
    FeaturePlan trailing = askedWithin(hours(1), Window.last(hours(1)));
    ViewPlan pruned = trailing.views().get(0);
    byte[] migrated =
        StateMigration.of(trailing, soon, "by_card")
            .migrate(new EntityStateCodec(pruned).toBytes(new EntityState(pruned)));
    assertEquals(0, new EntityStateCodec(soon.views().get(0)).fromBytes(migrated).size());
    assertThrows(
        WireException.class, () -> new EntityStateCodec(late.views().get(0)).fromBytes(migrated));
  }

  /** The kept features answer as if the new definition had been there from the start. */
  @Test
  void keptFeaturesGoOn() {
    int compared = 0;
    for (long seed = 1; seed <= 40; seed++) {
      List<SourceRow> rows = NastyEvents.onKafka(BEFORE, seed).rows(120);
      EntityState before = new EntityState(BEFORE.views().get(0));
      EntityState fresh = new EntityState(AFTER.views().get(0));
      feed(BEFORE, rows, before);
      feed(AFTER, reread(rows), fresh);
      byte[] migrated =
          StateMigration.of(BEFORE, AFTER, "by_card")
              .migrate(new EntityStateCodec(BEFORE.views().get(0)).toBytes(before));
      EntityState carried = new EntityStateCodec(AFTER.views().get(0)).fromBytes(migrated);
      assertEquals(fresh.applied(), carried.applied());
      Values expected = new Values(AFTER.views().get(0).resultTypes());
      Values actual = new Values(AFTER.views().get(0).resultTypes());
      for (SourceRow row : rows) {
        BranchRow asking =
            new BranchRow(false, true, row.eventTimeMicros(), Long.MAX_VALUE, 0, null, null, 0);
        fresh.answer(asking, expected);
        carried.answer(asking, actual);
        for (int kept : new int[] {0, 1, 3, 4}) {
          assertEquals(expected.get(kept), actual.get(kept), "seed " + seed);
          compared++;
        }
      }
    }
    assertEquals(true, compared > 10_000);
  }

  @Test
  void bytesOfAnotherDefinitionAreRefusedWithBothNamed() {
    EntityState state = new EntityState(BEFORE.views().get(0));
    byte[] bytes = new EntityStateCodec(BEFORE.views().get(0)).toBytes(state);
    String message =
        assertThrows(
                WireException.class,
                () -> new EntityStateCodec(AFTER.views().get(0)).fromBytes(bytes))
            .getMessage();
    for (FeaturePlan plan : List.of(BEFORE, AFTER)) {
      String fingerprint = plan.views().get(0).fingerprint().substring(0, 16);
      assertEquals(true, message.contains(fingerprint), message);
    }
  }

  /** Rows have the columns of the plan that they were read for. */
  private static List<SourceRow> reread(List<SourceRow> rows) {
    return rows.stream()
        .map(
            row -> {
              Values values = new Values(AFTER.requestSource().columnTypes());
              for (int i = 0; i < values.size(); i++) {
                String name = AFTER.requestSource().columns().get(i).name();
                for (int j = 0; j < row.values().size(); j++) {
                  if (BEFORE.requestSource().columns().get(j).name().equals(name)) {
                    values.set(i, row.values().get(j));
                  }
                }
              }
              return new SourceRow(
                  row.source(),
                  row.eventTimeMicros(),
                  row.availableAtMicros(),
                  row.sequence(),
                  row.id(),
                  values,
                  0);
            })
        .toList();
  }

  private static void feed(FeaturePlan plan, List<SourceRow> rows, EntityState state) {
    Router router = new Router(plan, plan.branches());
    for (SourceRow row : rows) {
      router.route(row, false, null, 0, false, (branch, key, routed) -> state.add(routed));
    }
  }
}
