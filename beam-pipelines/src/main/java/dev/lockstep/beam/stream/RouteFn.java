package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes out the copies of one id (C9), wherever they came from. Keyed by a bucket of the id's hash.
 *
 * <p>It never waits: a copy is passed on at once, and retracted if one that comes before it in
 * knowledge order arrives later. Under {@code ordered()} each event goes from here to the keys of
 * its branches; a retraction is there before the copy is applied, because no watermark overtakes
 * it, so the wait of the branches is the only one. Under {@code onArrival()} {@link FirstCopyFn}
 * has sent rows to their keys already: this takes back those that are no events, and sends those
 * that turn out to be some.
 *
 * <p>But in a stream that begins with a snapshot: until all ids that the snapshot has seen are
 * there, rows with an id stay ({@link Opening}); then all copies that came of it are judged at
 * once.
 *
 * <p>State, by id ({@link IdCells}): the copies that may still matter, each as length and element,
 * a {@link SourceRowCodec} or a {@link PassedRow}. Of ids that the snapshot has seen, when the last
 * event of each became available, in 8 bytes.
 */
final class RouteFn extends DoFn<KV<Integer, byte[]>, KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final Tally DUPLICATES = Tally.of("lockstep_duplicates_total");
  private static final Tally CONFLICTS = Tally.of("lockstep_duplicates_differing_total");

  private final FeatureSet<?> set;
  private final boolean lookupsAreRouted;
  private final boolean beginsWithSnapshot;
  private transient FeaturePlan plan;
  private transient SourceRowCodec rows;
  private transient RowSender sender;
  private transient List<Comparator<SourceRow>> copyOrders;
  private transient Comparator<SourceRow> knowledgeOrder;

  @StateId("copies")
  private final StateSpec<MapState<Integer, byte[]>> copiesSpec =
      StateSpecs.map(VarIntCoder.of(), ByteArrayCoder.of());

  @StateId("seen")
  private final StateSpec<MapState<Integer, byte[]>> seenSpec =
      StateSpecs.map(VarIntCoder.of(), ByteArrayCoder.of());

  /** Nothing while no row came before the snapshot, else {@link #CLOSED} or {@link #OPENED}. */
  @StateId("opening")
  private final StateSpec<ValueState<byte[]>> openingSpec = StateSpecs.value(ByteArrayCoder.of());

  @TimerId("open")
  private final TimerSpec openSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @StateId("cleanup")
  private final StateSpec<ValueState<byte[]>> cleanupSpec = StateSpecs.value(ByteArrayCoder.of());

  @TimerId("forget")
  private final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  RouteFn(FeatureSet<?> set, boolean lookupsAreRouted, boolean beginsWithSnapshot) {
    this.set = set;
    this.lookupsAreRouted = lookupsAreRouted;
    this.beginsWithSnapshot = beginsWithSnapshot;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    rows = new SourceRowCodec(plan);
    sender = new RowSender(plan, lookupsAreRouted);
    copyOrders = plan.sources().stream().map(Duplicates::order).toList();
    knowledgeOrder = Duplicates.knowledgeOrder(plan);
  }

  /** A copy of an id, and whether its keys have been given it. */
  private record Copy(SourceRow row, boolean isPassed) {}

  @ProcessElement
  public void process(
      @Element KV<Integer, byte[]> element,
      @StateId("copies") MapState<Integer, byte[]> copyCells,
      @StateId("seen") MapState<Integer, byte[]> seenCells,
      @StateId("opening") ValueState<byte[]> opening,
      @StateId("cleanup") ValueState<byte[]> cleanup,
      @TimerId("open") Timer open,
      @TimerId("forget") Timer forget,
      MultiOutputReceiver out) {
    IdCells copies = new IdCells(copyCells);
    IdCells seen = new IdCells(seenCells);
    if (SeenMessage.is(element.getValue())) {
      SeenMessage.read(
          element.getValue(),
          (key, id) -> {
            seen.put(key, SeenIds.toBytes(id.availableAtMicros()));
            SeenIds.armCleanup(
                SeenIds.sourceOf(plan, key), id.availableAtMicros(), cleanup, forget);
          });
      return;
    }
    Copy copy = copyOf(element.getValue());
    SourceRow row = copy.row;
    if (row.id() == null) {
      sender.send(row, false, true, out);
      return;
    }
    SourcePlan source = plan.sources().get(row.source());
    SeenIds.armCleanup(source, row.availableAtMicros(), cleanup, forget);
    String id = SeenMessage.key(row.source(), idOf(row));
    List<Copy> known = read(copies.get(id));
    List<Copy> all = new ArrayList<>(known);
    all.add(copy);
    all.sort(Comparator.comparing(Copy::row, copyOrders.get(row.source())));
    copies.put(id, write(all));
    if (beginsWithSnapshot && Opening.isClosed(opening, open)) {
      return;
    }
    Long lastSeen = lastSeen(id, seen);
    List<SourceRow> before = events(source, known, lastSeen);
    List<SourceRow> after = events(source, all, lastSeen);
    count(source, row, known, lastSeen, after.size() - before.size());
    if (copy.isPassed) {
      before.add(row);
    }
    pass(row, before, after, out);
  }

  /**
   * Makes the keys hold the events of an id.
   *
   * @param row which changes it
   * @param before what the keys hold
   * @param after the events
   */
  private void pass(
      SourceRow row, List<SourceRow> before, List<SourceRow> after, MultiOutputReceiver out) {
    List<SourceRow> gone = without(before, after);
    // Under onArrival() the first copy that was processed has been answered already, whichever of
    // them turns out to be the event: only a row that takes no other's place asks.
    boolean ordered = isOrdered();
    for (SourceRow event : gone) {
      sender.send(event, true, ordered, out);
    }
    for (SourceRow come : without(after, before)) {
      sender.send(come, false, ordered || (come == row && gone.isEmpty()), out);
    }
  }

  /** Those of some rows that others don't have; of equal ones as many. */
  private static List<SourceRow> without(List<SourceRow> some, List<SourceRow> others) {
    List<SourceRow> left = new ArrayList<>(some);
    others.forEach(left::remove);
    return left;
  }

  private boolean isOrdered() {
    return plan.emission() == Emission.ORDERED;
  }

  private static List<SourceRow> events(
      SourcePlan source, List<Copy> copies, @Nullable Long lastSeen) {
    return Duplicates.events(
        copies.stream().map(Copy::row).toList(), source.latenessMicros(), lastSeen);
  }

  /** When the last event of an id was available that the snapshot has seen; null for none. */
  private @Nullable Long lastSeen(String id, IdCells seen) {
    return beginsWithSnapshot ? SeenIds.availableAt(seen.get(id)) : null;
  }

  private static SeenId.Digest idOf(SourceRow row) {
    return SeenId.Digest.of(Objects.requireNonNull(row.id()));
  }

  /** All ids that the snapshot has seen are there: what came of others goes on. */
  @OnTimer("open")
  public void open(
      @StateId("copies") MapState<Integer, byte[]> copyCells,
      @StateId("seen") MapState<Integer, byte[]> seenCells,
      @StateId("opening") ValueState<byte[]> opening,
      MultiOutputReceiver out) {
    boolean ordered = isOrdered();
    IdCells seen = new IdCells(seenCells);
    List<SourceRow> gone = new ArrayList<>();
    List<SourceRow> asking = new ArrayList<>();
    List<SourceRow> silent = new ArrayList<>();
    new IdCells(copyCells)
        .forEach(
            (id, held) -> {
              List<Copy> known = read(held);
              SourcePlan source = plan.sources().get(known.get(0).row.source());
              List<SourceRow> events = events(source, known, lastSeen(id, seen));
              DUPLICATES.inc(known.size() - events.size());
              List<SourceRow> passed =
                  known.stream().filter(Copy::isPassed).map(Copy::row).toList();
              List<SourceRow> goneOfId = without(passed, events);
              gone.addAll(goneOfId);
              (ordered || goneOfId.isEmpty() ? asking : silent).addAll(without(events, passed));
            });
    asking.sort(knowledgeOrder);
    gone.forEach(row -> sender.send(row, true, ordered, out));
    silent.forEach(event -> sender.send(event, false, false, out));
    asking.forEach(event -> sender.send(event, false, true, out));
    Opening.open(opening);
  }

  private static void count(
      SourcePlan source, SourceRow row, List<Copy> known, @Nullable Long lastSeen, int moreEvents) {
    if ((!known.isEmpty() || lastSeen != null) && moreEvents == 0) {
      DUPLICATES.inc();
      if (!known.isEmpty() && Duplicates.differInContent(source, row, known.get(0).row)) {
        CONFLICTS.inc();
      }
    }
  }

  @OnTimer("forget")
  public void forget(
      OnTimerContext context,
      @StateId("copies") MapState<Integer, byte[]> copyCells,
      @StateId("seen") MapState<Integer, byte[]> seenCells,
      @StateId("cleanup") ValueState<byte[]> cleanup,
      @TimerId("forget") Timer forget) {
    long now = context.fireTimestamp().getMillis() * Micros.PER_MILLI;
    // The latest expiry, not the next: a bucket is looked through once a lateness, and ids are held
    // up to twice as long as they need be, which changes no value.
    AtomicLong last = new AtomicLong(Long.MIN_VALUE);
    IdCells seen = new IdCells(seenCells);
    boolean anySeen = !seen.isEmpty();
    Set<String> needed = new HashSet<>();
    new IdCells(copyCells)
        .retain(
            (id, bytes) -> {
              List<Copy> held = read(bytes);
              SourceRow row = held.get(held.size() - 1).row;
              long lateness = plan.sources().get(row.source()).latenessMicros();
              long until = Micros.plusSaturating(row.availableAtMicros(), lateness);
              if (until >= now) {
                last.accumulateAndGet(until, Math::max);
                if (anySeen) {
                  needed.add(id);
                }
              }
              return until >= now;
            });
    long next = Math.max(last.get(), SeenIds.forget(plan, seen, needed, now));
    if (next == Long.MIN_VALUE) {
      cleanup.clear();
    } else {
      forget.set(Instant.ofEpochMilli(Micros.toMillis(next) + 1));
    }
  }

  private Copy copyOf(byte[] element) {
    boolean isPassed = PassedRow.is(element);
    return new Copy(rows.fromBytes(isPassed ? PassedRow.rowIn(element) : element), isPassed);
  }

  private List<Copy> read(byte @Nullable [] bytes) {
    List<Copy> read = new ArrayList<>(1);
    if (bytes != null) {
      ByteReader in = new ByteReader(bytes);
      while (in.remaining() > 0) {
        Copy copy = copyOf(in.readBlob());
        read.add(new Copy(withId(copy.row), copy.isPassed));
      }
    }
    return read;
  }

  private byte[] write(List<Copy> copies) {
    ByteWriter out = new ByteWriter();
    for (Copy copy : copies) {
      byte[] row = rows.toBytes(withoutId(copy.row));
      out.writeBlob(copy.isPassed ? PassedRow.of(row) : row);
    }
    return out.toByteArray();
  }

  /**
   * The row without its id, where that is one of its columns, too: it takes as much as the rest.
   */
  private SourceRow withoutId(SourceRow row) {
    return Objects.requireNonNull(row.id()).equals(idColumn(row)) ? withId(row, null) : row;
  }

  private SourceRow withId(SourceRow row) {
    return row.id() == null ? withId(row, idColumn(row)) : row;
  }

  /** The id among the columns; null where it is no text. */
  private @Nullable String idColumn(SourceRow row) {
    SourcePlan source = plan.sources().get(row.source());
    int column = source.idColumn();
    return source.columnTypes().get(column) == ValueType.STRING
        ? row.values().getString(column)
        : null;
  }

  private static SourceRow withId(SourceRow row, @Nullable String id) {
    return new SourceRow(
        row.source(),
        row.eventTimeMicros(),
        row.availableAtMicros(),
        row.sequence(),
        id,
        row.values(),
        row.ingestedAtMicros());
  }
}
