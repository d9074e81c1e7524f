package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.define.Window;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What fuzzing found in the kernel's formats: bytes that were once read as a value. */
class DamagedBytesTest {
  record Swipe(String card, double amount, Instant at) {}

  record Account(String card, Instant since, Double limit) {}

  private static final Entity<String> CARD = Entity.string("card");
  private static final FeaturePlan PLAN = plan();
  private static final ViewPlan VIEW = PLAN.views().get(0);
  private static final EntityStateCodec STATES = new EntityStateCodec(VIEW);

  private static FeaturePlan plan() {
    EventSource<Swipe> swipes = EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at);
    return FeaturePlan.of(
        FeatureSet.named("damaged")
            .forEach(swipes)
            .entity(CARD, Swipe::card)
            .with(
                FeatureView.named("card_activity")
                    .over(swipes)
                    .by(CARD, Swipe::card)
                    .feature("amount", sum(Swipe::amount).over(Window.last(Duration.ofHours(1)))))
            .lookup(
                Table.of(Account.class)
                    .named("accounts")
                    .by(CARD, Account::card)
                    .effectiveFrom(Account::since),
                "limit"));
  }

  @Test
  void aStateHoldsNoDoubleThatNoColumnHolds() {
    assertEquals(1, STATES.fromBytes(state(new long[] {5}, 0.5)).size());
    for (double amount : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, -0.0}) {
      assertRefused(
          "a " + amount + " in a state, which never holds one",
          () -> STATES.fromBytes(state(new long[] {5}, amount)));
    }
  }

  /** Windows are found by binary search: over rows in another order they would be wrong. */
  @Test
  void aStatesEventsAreInTheWindowsOrder() {
    assertEquals(3, STATES.fromBytes(state(new long[] {5, 5, 6}, 1)).size());
    assertRefused(
        "event 2 of a state is before the one it follows",
        () -> STATES.fromBytes(state(new long[] {5, 6, 5}, 1)));
  }

  @Test
  void nothingStandsBehindAState() {
    byte[] bytes = state(new long[] {5}, 1);
    assertRefused(
        "1 bytes stand behind a state of view card_activity",
        () -> STATES.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  void theMarkOfAnotherVersionIsRefused() {
    byte[] bytes = state(new long[] {5}, 1);
    bytes[0]++;
    assertRefused("state of version 3, this reads 2", () -> EntityStateCodec.markOf(bytes, 0));
  }

  /** A deadline, not a measurement: sorted one by one these would take minutes. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyPendingEventsInReverseOrderOfKnowledge() {
    int n = 1_000_000;
    ByteWriter out = header();
    out.writeVarint(n);
    for (int row = 0; row < n; row++) {
      out.writeSigned(1);
    }
    for (int row = 0; row < n; row++) {
      out.writeSigned(2L * (n - row));
    }
    for (int row = 0; row < n; row++) {
      out.writeSigned(0);
    }
    out.writeBytes(new byte[(n + 7) / 8]);
    EntityState state = STATES.fromBytes(out.toByteArray());
    assertEquals(n, state.size());
    BranchRow first = new BranchRow(false, true, 0, n + 3, 0, null, null, 0);
    assertEquals(1, state.pending.gather(first, false));
    assertEquals(n - 1, state.pending.gathered(0));
    state.pending.forgetGathered();
    BranchRow all = new BranchRow(false, true, 0, 3L * n, 0, null, null, 0);
    assertEquals(n - 1, state.pending.gather(all, false));
    assertEquals(0, state.pending.gathered(0));
  }

  @Test
  void aTablesVersionsAreInOrderAndAlone() {
    LookupPlan lookup = PLAN.lookups().get(0);
    TableVersionsCodec codec = new TableVersionsCodec(PLAN.sources().get(lookup.source()));
    TableVersion first = new TableVersion(1, 2, null);
    TableVersion second = new TableVersion(1, 3, new Values(codec.fieldTypes()));
    byte[] bytes = codec.toBytes(List.of(first, second));
    assertEquals(2, codec.fromBytes(lookup, bytes).versions().size());
    assertRefused(
        "version 1 of table accounts is before the one it follows",
        () -> codec.fromBytes(lookup, codec.toBytes(List.of(second, first))));
    assertRefused(
        "1 bytes stand behind a list of versions of table accounts",
        () -> codec.fromBytes(lookup, Arrays.copyOf(bytes, bytes.length + 1)));
  }

  /** A field that a snapshot doesn't hold is not a null. */
  @Test
  void aTablesVersionsOfSomeFieldsAnswerOnlyThose() {
    LookupPlan lookup = PLAN.lookups().get(0);
    SourcePlan table = PLAN.sources().get(lookup.source());
    TableVersionsCodec codec = new TableVersionsCodec(table);
    List<TableVersion> versions = List.of(new TableVersion(1, 3, new Values(codec.fieldTypes())));
    TreeSet<Integer> read = new TreeSet<>();
    lookup.columns().forEach(c -> read.add(table.columns().get(c).component()));
    assertEquals(1, codec.fromBytes(lookup, codec.toBytes(versions, read)).versions().size());
    byte[] some = codec.toBytes(versions, read);
    assertEquals(read, Objects.requireNonNull(codec.readCell(some)).fields());
    assertEquals(
        codec.fieldTypes().size(),
        Objects.requireNonNull(codec.readCell(codec.toBytes(versions))).fields().size());
    some[1] ^= 1;
    assertNull(codec.readCell(some), "of another record");
    read.pollFirst();
    assertRefused(
        "the stored versions of table accounts are from a snapshot that",
        () -> codec.fromBytes(lookup, codec.toBytes(versions, read)));
  }

  /** 2^32 is no source, though its lower 32 bits are. */
  @Test
  void numbersAreHeldAgainstTheirRangeWhole() {
    ByteWriter row = new ByteWriter();
    row.writeVarint(1L << 32);
    row.writeBytes(new byte[8]);
    assertRefused(
        "no source 4294967296 in the plan",
        () -> new SourceRowCodec(PLAN).fromBytes(row.toByteArray()));
    ByteWriter request = new ByteWriter();
    request.writeBytes(new byte[] {2, 0, 0, 0});
    request.writeVarint(1L << 32);
    assertRefused(
        "a request row of 4294967296",
        () -> new BranchRowCodec(VIEW.columnTypes()).read(new ByteReader(request.toByteArray())));
  }

  @Test
  void flagsThatMeanNothingAreRefused() {
    assertRefused(
        "a row of unknown flags 16",
        () -> new BranchRowCodec(VIEW.columnTypes()).read(new ByteReader(new byte[] {16})));
  }

  /** A state that holds events at these times with one amount. */
  private static byte[] state(long[] times, double amount) {
    ByteWriter out = header();
    out.writeVarint(times.length);
    long before = 0;
    for (long time : times) {
      out.writeSigned(time - before);
      before = time;
    }
    out.writeBytes(new byte[2 * times.length]);
    out.writeByte((1 << times.length) - 1);
    for (int i = 0; i < times.length; i++) {
      out.writeFixed64(Double.doubleToRawLongBits(amount));
    }
    return out.toByteArray();
  }

  /** What stands before the events. */
  private static ByteWriter header() {
    byte[] empty = STATES.toBytes(new EntityState(VIEW));
    ByteWriter out = new ByteWriter();
    out.writeBytes(Arrays.copyOf(empty, empty.length - 1));
    return out;
  }

  private static void assertRefused(String message, Executable read) {
    WireException e = assertThrows(WireException.class, read);
    assertTrue(e.getMessage().startsWith(message), () -> e.getMessage());
  }
}
