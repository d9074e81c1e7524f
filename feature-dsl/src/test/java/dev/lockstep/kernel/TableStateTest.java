package dev.lockstep.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Table;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** C10: the last of equal versions counts, and what no request can need is dropped. */
class TableStateTest {
  record Swipe(String card, Instant at) {}

  record Account(String card, Long credit, Instant since, Instant known) {}

  private static final long SEED = 20261130;
  private static final long LATENESS = 100;
  private static final FeaturePlan PLAN = plan(LATENESS);
  private static final LookupPlan LOOKUP = PLAN.lookups().get(0);
  private static final SourcePlan TABLE = PLAN.sources().get(LOOKUP.source());
  private static final TableVersionsCodec CELLS = new TableVersionsCodec(TABLE);

  private static FeaturePlan plan(long latenessMicros) {
    Entity<String> card = Entity.string("card");
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class)
            .named("swipes")
            .eventTime(Swipe::at)
            .lateness(Duration.ofNanos(latenessMicros * 1_000));
    return FeaturePlan.of(
        FeatureSet.named("s")
            .forEach(swipes)
            .entity(card, Swipe::card)
            .lookup(
                Table.of(Account.class)
                    .named("accounts")
                    .by(card, Account::card)
                    .effectiveFrom(Account::since)
                    .availableAt(Account::known),
                "credit"));
  }

  private static TableVersion version(long from, long known, long load, long place, Long credit) {
    Values values = null;
    if (credit != null) {
      values = new Values(LOOKUP.columnTypes());
      values.setLong(0, credit);
    }
    return new TableVersion(from, known, load, place, values);
  }

  private static BranchRow request(long time, long available) {
    return new BranchRow(false, true, time, available, 0, null, null, 0);
  }

  private static Object answer(TableState state, BranchRow request) {
    Values out = new Values(LOOKUP.resultTypes());
    state.answer(request, out);
    return out.get(0);
  }

  private static Object answer(byte[] cell, BranchRow request) {
    Values out = new Values(LOOKUP.resultTypes());
    out.setLong(0, 77);
    CELLS.answer(LOOKUP, cell, request, out);
    return out.get(0);
  }

  /** A version as a cell has it, with all fields. */
  private static TableVersion whole(TableVersion version) {
    Values values = version.values();
    Values fields = null;
    if (values != null) {
      fields = new Values(CELLS.fieldTypes());
      fields.copy(TABLE.schema().indexOf("credit"), values, 0);
    }
    return new TableVersion(
        version.effectiveFromMicros(),
        version.availableAtMicros(),
        version.load(),
        version.position(),
        fields);
  }

  @Test
  void theLastOfEqualVersionsCounts() {
    List<TableVersion> inOrder =
        List.of(
            version(5, 6, 0, TableVersion.positionInFiles(0, 9), 9L),
            version(5, 6, 0, TableVersion.positionInFiles(1, 0), null),
            version(5, 6, 0, TableVersion.positionInFiles(1, 1), 3L),
            version(5, 6, 1, 0, 1L));
    for (int last = 0; last < inOrder.size(); last++) {
      TableState forth = new TableState(LOOKUP);
      TableState back = new TableState(LOOKUP);
      List<TableVersion> cell = new ArrayList<>();
      for (int i = 0; i <= last; i++) {
        forth.add(inOrder.get(i));
        back.add(inOrder.get(last - i));
        cell.add(whole(inOrder.get(last - i)));
      }
      Values values = inOrder.get(last).values();
      Object expected = values == null ? null : values.get(0);
      byte[] bytes = CELLS.toBytes(TableCell.of(CELLS.allFields(), cell));
      assertEquals(expected, answer(forth, request(7, 7)));
      assertEquals(expected, answer(back, request(7, 7)));
      assertEquals(expected, answer(bytes, request(7, 7)));
      assertEquals(1, forth.versions().size());
    }
  }

  /** Against a state that keeps all, through bytes and in any order of what comes late. */
  @Test
  void whatIsDroppedAnswersNoLaterRequest() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(SEED + seed);
      TableState whole = new TableState(LOOKUP);
      TableState pruned = new TableState(LOOKUP);
      TableStateCodec codec = new TableStateCodec(LOOKUP);
      long now = 1_000;
      for (int i = 0; i < 150; i++) {
        now += random.nextInt(20);
        long from = now + random.nextInt(-150, 60);
        long known = now - random.nextInt(3) * random.nextInt(120);
        long credit = random.nextInt(1_000);
        TableVersion version =
            version(from, known, 0, i, random.nextInt(6) == 0 ? null : (Long) credit);
        whole.add(version);
        pruned.add(version);
        if (random.nextInt(4) == 0) {
          pruned.prune(now - LATENESS);
        }
        if (random.nextInt(6) == 0) {
          byte[] bytes = codec.toBytes(pruned);
          pruned = codec.fromBytes(bytes);
          assertArrayEquals(bytes, codec.toBytes(pruned));
        }
        BranchRow late = request(now - random.nextInt((int) LATENESS + 1), now);
        String where = "seed " + (SEED + seed) + ", version " + i;
        assertEquals(answer(whole, late), answer(pruned, late), where);
        List<TableVersion> all = whole.versions().stream().map(TableStateTest::whole).toList();
        TableCell cell = TableCell.of(CELLS.allFields(), all).prunedTo(now - LATENESS);
        assertEquals(answer(whole, late), answer(CELLS.toBytes(cell), late), where);
      }
      assertTrue(
          pruned.olderDropped() && pruned.versions().size() < 40, pruned.versions().size() + "");
    }
  }

  @Test
  void aKeysHistoryDoesntGrow() {
    TableState state = new TableState(LOOKUP);
    for (int day = 0; day < 10_000; day++) {
      state.add(version(day * 1_000L, day * 1_000L, 0, day, (long) day));
      state.prune(day * 1_000L);
    }
    assertTrue(state.versions().size() <= 2, state.versions().size() + " versions held");
    assertEquals(9_998L, answer(state, request(9_999_000L - 1, 10_000_000L)));
    state.add(version(3_000, 3_000, 0, 3, 3L));
    assertTrue(state.versions().size() <= 2, "what was dropped comes again, and is dropped");
  }

  @Test
  void whoMayNeedMoreRefusesIt() {
    TableState state = new TableState(LOOKUP);
    state.add(version(1_000, 1_000, 0, 0, 1L));
    LookupPlan later = plan(LATENESS + 1).lookups().get(0);
    byte[] whole = new TableStateCodec(LOOKUP).toBytes(state);
    assertEquals(1, new TableStateCodec(later).fromBytes(whole).versions().size());
    state.add(version(2_000, 2_000, 0, 1, 2L));
    state.prune(3_000);
    assertTrue(state.olderDropped());
    byte[] pruned = new TableStateCodec(LOOKUP).toBytes(state);
    String refused =
        assertThrows(WireException.class, () -> new TableStateCodec(later).fromBytes(pruned))
            .getMessage();
    assertTrue(
        refused.contains("at most PT0.0001S late, but now they may be PT0.000101S late: bootstrap"),
        refused);

    TableCell cell =
        TableCell.of(
            CELLS.allFields(),
            List.of(
                whole(version(1_000, 1_000, 0, 0, 1L)), whole(version(2_000, 2_000, 0, 1, 2L))));
    assertFalse(cell.olderDropped());
    assertNull(answer(CELLS.toBytes(cell), request(500, 9_000)), "before all versions");
    byte[] bytes = CELLS.toBytes(cell.prunedTo(3_000));
    assertEquals(2L, answer(bytes, request(2_500, 9_000)));
    String message =
        assertThrows(WireException.class, () -> answer(bytes, request(1_500, 9_000))).getMessage();
    assertTrue(message.contains("Load the table whole, from its history"), message);
  }
}
