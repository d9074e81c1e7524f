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
    assertRefused("state of version 4, this reads 3", () -> EntityStateCodec.markOf(bytes, 0));
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
    assertEquals(n - 1, state.pending.rowAt(0));
    assertEquals(0, state.pending.rowAt(n - 1));
  }

  @Test
  void aTablesVersionsAreInOrderAndAlone() {
    LookupPlan lookup = PLAN.lookups().get(0);
    TableVersionsCodec codec = new TableVersionsCodec(PLAN.sources().get(lookup.source()));
    TableVersion first = new TableVersion(1, 2, 0, 0, null);
    TableVersion second = new TableVersion(1, 3, 0, 0, new Values(codec.fieldTypes()));
    byte[] bytes = codec.toBytes(cell(codec, first, second));
    assertEquals(List.of(first, second), codec.readCell(bytes).versions());
    assertRefused(
        "version 1 of table accounts isn't older than the one before it",
        () -> codec.readCell(codec.toBytes(cell(codec, second, first))));
    assertRefused(
        "version 1 of table accounts isn't older than the one before it",
        () -> codec.readCell(codec.toBytes(cell(codec, first, first))));
    assertRefused(
        "1 bytes stand behind a list of versions of table accounts",
        () -> codec.readCell(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  private static TableCell cell(TableVersionsCodec codec, TableVersion... versions) {
    return new TableCell(codec.allFields(), List.of(versions), false);
  }

  /** A field that a snapshot doesn't hold is not a null. */
  @Test
  void aTablesVersionsOfSomeFieldsAnswerOnlyThose() {
    LookupPlan lookup = PLAN.lookups().get(0);
    SourcePlan table = PLAN.sources().get(lookup.source());
    TableVersionsCodec codec = new TableVersionsCodec(table);
    List<TableVersion> versions =
        List.of(new TableVersion(1, 3, 0, 0, new Values(codec.fieldTypes())));
    TreeSet<Integer> read = new TreeSet<>();
    lookup.columns().forEach(c -> read.add(table.columns().get(c).component()));
    BranchRow request = new BranchRow(false, true, 5, 5, 0, null, null, 0);
    Values out = new Values(lookup.resultTypes());
    byte[] some = codec.toBytes(new TableCell(read, versions, false));
    codec.answer(lookup, some, request, out);
    assertEquals(read, Objects.requireNonNull(codec.readCell(some)).fields());
    byte[] all = codec.toBytes(new TableCell(codec.allFields(), versions, false));
    assertEquals(
        codec.fieldTypes().size(), Objects.requireNonNull(codec.readCell(all)).fields().size());
    some[1] ^= 1;
    assertNull(codec.readCell(some), "of another record");
    read.pollFirst();
    byte[] fewer = codec.toBytes(new TableCell(read, versions, false));
    assertRefused(
        "the stored versions of table accounts are from a snapshot that",
        () -> codec.answer(lookup, fewer, request, out));
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
        () -> new BranchRowCodec(VIEW).read(new ByteReader(request.toByteArray())));
  }

  @Test
  void flagsThatMeanNothingAreRefused() {
    assertRefused(
        "a row of unknown flags 16",
        () -> new BranchRowCodec(VIEW).read(new ByteReader(new byte[] {16})));
  }

  /** What a view would fall over when it comes to the event. */
  @Test
  void anEventOfAViewHasValues() {
    BranchRowCodec codec = new BranchRowCodec(VIEW);
    for (int flags : new int[] {1, 3}) {
      byte[] row = {(byte) flags, 0, 0, 0, 0};
      assertRefused("an event without values", () -> codec.read(new ByteReader(row)));
    }
    assertRefused(
        "a request with values", () -> codec.read(new ByteReader(new byte[] {6, 0, 0, 0, 0, 0})));
    BranchRowCodec deletions = new BranchRowCodec(PLAN.lookups().get(0));
    assertNull(deletions.read(new ByteReader(new byte[] {1, 0, 0, 0, 0})).values());
  }

  /** Of text cut within a character the beginning of the one that stands for it is there. */
  @Test
  void textThatEndsWithinACharacterIsNone() {
    byte[] cut = {4, 'a', (byte) 0xEF};
    assertRefused("text that is no UTF-8", () -> new ByteReader(cut).readString());
  }

  /** One state, one form: two that differ in their bytes are two. */
  @Test
  void aStateHasOneForm() {
    byte[] bytes = state(new long[] {5}, 0.5);
    int presence = bytes.length - 9;
    assertEquals(1, bytes[presence]);
    byte[] padded = bytes.clone();
    padded[presence] = 3;
    assertRefused("presence said of more than 1 events of a state", () -> STATES.fromBytes(padded));
    byte[] empty = header().toByteArray();
    byte[] longer = Arrays.copyOf(empty, empty.length + 2);
    longer[empty.length] = (byte) 0x80;
    assertRefused("a number of more bytes than it needs", () -> STATES.fromBytes(longer));
    ByteWriter tied = header();
    tied.writeVarint(2);
    tied.writeBytes(new byte[6]);
    tied.writeByte(3);
    tied.writeFixed64(Double.doubleToRawLongBits(2));
    tied.writeFixed64(Double.doubleToRawLongBits(1));
    assertRefused(
        "tied events of a state that aren't in the order of their values",
        () -> STATES.fromBytes(tied.toByteArray()));
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
