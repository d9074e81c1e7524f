package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A state in a header and blocks (C11): what is written is read, whatever happened to it, and an
 * event in order writes no block again.
 */
class BlockedStateTest {
  record Swipe(String card, Long amount, String note, Instant at, Instant known) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class)
          .named("swipes")
          .eventTime(Swipe::at)
          .availableAt(Swipe::known)
          .lateness(Duration.ofSeconds(100));

  private static final ViewPlan TRAILING = view(Window.last(Duration.ofSeconds(60)));
  private static final ViewPlan NEWEST = view(Window.lastEvents(20));
  private static final ViewPlan LIFETIME = view(Window.lifetime());

  private static ViewPlan view(Window window) {
    FeatureView<Swipe> view =
        FeatureView.named("by_card")
            .over(SWIPES)
            .by(Entity.string("card"), Swipe::card)
            .feature("n", count().over(window))
            .feature("amount", sum(Swipe::amount).over(window))
            .feature("note", last(Swipe::note).over(window));
    return FeaturePlan.of(FeatureSet.named("blocks").forEach(SWIPES).with(view)).views().get(0);
  }

  /** Drives one state through random changes, writing it after each. */
  private static final class Drive {
    private final SplittableRandom random;
    private final String where;
    private final ViewPlan view;
    private final StoredBlocks stored;
    private final List<BranchRow> recent = new ArrayList<>();
    private EntityState state;
    private long now;
    private long sequence;

    Drive(ViewPlan view, int blockRows, long seed) {
      this.random = new SplittableRandom(seed);
      this.where = "seed " + seed + ", blocks of " + blockRows;
      this.view = view;
      this.state = new EntityState(view);
      this.stored = new StoredBlocks(view, blockRows);
    }

    void step() {
      boolean retracts = false;
      int rows = random.nextInt(10) == 0 ? random.nextInt(30) : 1;
      for (int i = 0; i < rows; i++) {
        if (random.nextInt(12) == 0 && !recent.isEmpty()) {
          state.retract(recent.remove(random.nextInt(recent.size())));
          retracts = true;
        } else {
          takeIn();
        }
      }
      if (random.nextInt(4) == 0) {
        state.answer(request(random), new Values(view.resultTypes()));
      }
      if (random.nextInt(3) == 0) {
        state.prune(now - 100_000_000L);
      }
      stored.write(state);
      stored.check(state, where);
      assertTrue(retracts || stored.lastNeedlessly == 0, where + ": a block written as it was");
      if (random.nextInt(5) == 0) {
        EntityState read = stored.read();
        BranchRow request = request(random);
        assertEquals(answer(state, request), answer(read, request), where);
        state = read;
      }
    }

    private void takeIn() {
      now += random.nextInt(4) * 1_000_000L;
      boolean isLate = random.nextInt(8) == 0;
      BranchRow event = event(isLate ? now - random.nextInt(100) * 1_000_000L : now);
      if (random.nextBoolean()) {
        state.answer(event, new Values(view.resultTypes()));
      } else {
        state.add(event);
      }
      recent.add(event);
      // A copy that comes first takes another out only within the lateness of the source.
      recent.removeIf(e -> e.eventTimeMicros() < now - 50_000_000L);
    }

    private BranchRow event(long time) {
      Values values = new Values(view.columnTypes());
      values.setLong(0, random.nextInt(3));
      values.setString(1, "n".repeat(random.nextInt(3)));
      if (random.nextInt(5) == 0) {
        values.setNull(0);
      }
      long available = Math.max(now, time) + random.nextInt(3) * 10_000_000L;
      sequence += random.nextInt(2);
      return new BranchRow(true, random.nextBoolean(), time, available, sequence, values, null, 0);
    }

    private BranchRow request(SplittableRandom chance) {
      long time = now - chance.nextInt(50) * 1_000_000L;
      long available = chance.nextBoolean() ? Long.MAX_VALUE : now;
      return new BranchRow(false, true, time, available, Long.MAX_VALUE, null, null, 0);
    }
  }

  private static Values answer(EntityState state, BranchRow request) {
    Values out = new Values(state.view.resultTypes());
    state.answer(request, out);
    return out;
  }

  @Property(seed = "20261122", tries = 30, shrinking = ShrinkingMode.OFF)
  void whatIsWrittenIsRead(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int blockRows = List.of(2, 3, 8, 32).get(random.nextInt(4));
    for (ViewPlan view : List.of(TRAILING, NEWEST, LIFETIME)) {
      Drive drive = new Drive(view, blockRows, seed);
      for (int i = 0; i < 300; i++) {
        drive.step();
      }
      assertTrue(drive.stored.sealed > 2, drive.where + ": no blocks to prove anything");
      assertTrue(blockRows > 8 || drive.stored.rewritten > 0, drive.where + ": none rewritten");
      assertTrue(
          view == LIFETIME || blockRows > 8 || drive.stored.deleted > 0,
          drive.where + ": none deleted");
    }
  }

  /** An event in order costs the tail, and the directory of the blocks. */
  @Example
  void anEventInOrderWritesNoBlockAgain() {
    EntityState state = new EntityState(LIFETIME);
    StoredBlocks stored = new StoredBlocks(LIFETIME, 128);
    long written = 0;
    int most = 0;
    int n = 8_640;
    for (int i = 0; i < n; i++) {
      state.answer(plain(i * 10_000_000L), new Values(LIFETIME.resultTypes()));
      stored.write(state);
      assertEquals(0, stored.lastRewritten + stored.lastNeedlessly);
      written += stored.lastWritten;
      most = Math.max(most, stored.header().length);
    }
    stored.check(state, "8640 events");
    assertEquals((n - 65) / 128, stored.sealed);
    int whole = new EntityStateCodec(LIFETIME).toBytes(state).length;
    System.out.printf(
        "blocks: %d bytes a write, the header at most %d, the whole state %d%n",
        written / n, most, whole);
    assertTrue(most < whole / 20, "a header of " + most + " where the whole is " + whole);
    assertTrue(written / n < whole / 20, "a write of " + written / n);
  }

  /** One late event rewrites one block; one that would make it too large parts it. */
  @Example
  void aLateEventWritesOneBlockAgain() {
    EntityState state = new EntityState(LIFETIME);
    StoredBlocks stored = new StoredBlocks(LIFETIME, 4);
    for (int i = 0; i < 40; i++) {
      state.add(plain(i * 1_000L));
      stored.write(state);
    }
    int sealed = stored.sealed;
    for (int i = 0; i < 4; i++) {
      state.add(plain(8_500 + i));
      stored.write(state);
      assertEquals(1, stored.lastRewritten);
      stored.check(state, "late");
    }
    assertEquals(sealed, stored.sealed);
    state.add(plain(8_600));
    stored.write(state);
    stored.check(state, "parted");
    assertEquals(sealed + 1, stored.sealed);
  }

  /** Events that come in the reverse of their order cost a block each, not all blocks. */
  @Example
  void eventsInReverse() {
    EntityState state = new EntityState(LIFETIME);
    StoredBlocks stored = new StoredBlocks(LIFETIME, 8);
    for (int i = 1_000; i > 0; i--) {
      state.add(plain(i * 1_000L));
      stored.write(state);
      assertTrue(stored.lastRewritten <= 1);
      assertTrue(stored.blocks().values().stream().allMatch(b -> b.length < 400));
    }
    stored.check(state, "in reverse");
  }

  /** Rows of one place are never parted, however many. */
  @Example
  void ties() {
    EntityState state = new EntityState(LIFETIME);
    StoredBlocks stored = new StoredBlocks(LIFETIME, 4);
    for (int i = 0; i < 50; i++) {
      state.add(plain(1_000));
      stored.write(state);
    }
    assertEquals(0, stored.sealed);
    for (int i = 0; i < 8; i++) {
      state.add(plain(2_000 + i));
      stored.write(state);
    }
    stored.check(state, "ties");
    assertTrue(stored.sealed > 0);
    state.retract(plain(1_000));
    stored.write(state);
    assertEquals(1, stored.lastRewritten);
    stored.check(state, "ties");
  }

  /** Of the newest n: blocks forget their first rows alone, so one that waits goes with others. */
  @Example
  void anOldEventThatWaitsGoesWithThoseAroundIt() {
    EntityState state = new EntityState(NEWEST);
    StoredBlocks stored = new StoredBlocks(NEWEST, 4);
    for (int i = 0; i < 40; i++) {
      state.answer(plain(i * 1_000L), new Values(NEWEST.resultTypes()));
      stored.write(state);
    }
    state.add(plain(4_500));
    stored.write(state);
    state.prune(1_000_000_000L);
    stored.write(state);
    assertEquals(20, state.size());
    stored.check(state, "newest");
  }

  @Example
  void anEmptyStateHasNoBlocks() {
    EntityState state = new EntityState(TRAILING);
    StoredBlocks stored = new StoredBlocks(TRAILING, 4);
    for (int i = 0; i < 40; i++) {
      state.add(plain(i * 1_000L));
    }
    stored.write(state);
    assertEquals(9, stored.blocks().size());
    state.prune(1_000_000_000_000L);
    stored.write(state);
    assertTrue(state.isEmpty() && stored.blocks().isEmpty());
    stored.check(state, "empty");
  }

  @Example
  void badBytesAreNamed() {
    EntityState state = new EntityState(TRAILING);
    StoredBlocks stored = new StoredBlocks(TRAILING, 4);
    for (int i = 0; i < 14; i++) {
      state.add(plain(i * 1_000L));
    }
    stored.write(state);
    BlockedStateCodec codec = new BlockedStateCodec(TRAILING);
    assertRefused(
        "state header of version 3, this reads 2: bootstrap it from history",
        () -> codec.read(new EntityStateCodec(TRAILING).toBytes(state), stored.blocks()::get));
    assertRefused(
        "state header of a view with fingerprint "
            + TRAILING.fingerprint().substring(0, 16)
            + ", but view by_card has "
            + NEWEST.fingerprint().substring(0, 16),
        () -> new BlockedStateCodec(NEWEST).read(stored.header(), stored.blocks()::get));
    assertRefused(
        "block 0 of a state of view by_card is missing",
        () -> codec.read(stored.header(), id -> null));
    assertRefused(
        "block 1 of a state of view by_card isn't the one that the header tells of",
        () -> codec.read(stored.header(), id -> stored.blocks().get(0L)));
  }

  /** Whatever a header's bytes are, it is read or refused. */
  @Property(seed = "20261122", tries = 600)
  void damagedHeadersAreRefused(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Drive drive = new Drive(TRAILING, 3, 1);
    for (int i = 0; i < 12; i++) {
      drive.step();
    }
    byte[] header = drive.stored.header().clone();
    for (int i = 0; i <= random.nextInt(3); i++) {
      header[random.nextInt(header.length)] = (byte) random.nextInt();
    }
    byte[] cut = java.util.Arrays.copyOf(header, header.length - random.nextInt(3));
    try {
      EntityState read =
          new BlockedStateCodec(TRAILING, 3).read(cut, id -> drive.stored.blocks().get(id));
      // If it can be read, it is a state: it can be written and read.
      StoredBlocks again = new StoredBlocks(TRAILING, 3);
      EntityState copy =
          new EntityStateCodec(TRAILING).fromBytes(new EntityStateCodec(TRAILING).toBytes(read));
      again.write(copy);
      again.check(copy, drive.where + ", damage of seed " + seed);
    } catch (WireException refused) {
      assertTrue(refused.getMessage().length() > 10);
    }
  }

  private static void assertRefused(String message, Runnable reading) {
    assertEquals(message, assertThrows(WireException.class, reading::run).getMessage());
  }

  private static BranchRow plain(long time) {
    Values values = new Values(TRAILING.columnTypes());
    values.setLong(0, time % 997);
    values.setString(1, "note");
    return new BranchRow(true, true, time, time, 0, values, null, 0);
  }
}
