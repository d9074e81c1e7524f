package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
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
 * Takes out the copies of one id (C9) and sends each event on to the keys of its branches. Keyed by
 * a bucket of the id's hash.
 *
 * <p>It never waits: a copy is passed on at once, and retracted if one that comes before it in
 * knowledge order arrives later. Under {@code ordered()} the retraction is there before the copy is
 * applied, because no watermark overtakes it; so the wait of the branches is the only one.
 *
 * <p>But in a stream that begins with a snapshot: until all ids that the snapshot has seen are
 * there, rows with an id stay ({@link Opening}); then all copies that came of it are judged at
 * once.
 *
 * <p>State, by id: the copies that may still matter, each as length and {@link SourceRowCodec}. Of
 * ids that the snapshot has seen, when the last event of each became available, in 8 bytes.
 */
final class RouteFn extends DoFn<KV<Integer, byte[]>, KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final Counter DUPLICATES = Metrics.counter("lockstep", "duplicates");
  private static final Counter CONFLICTS = Metrics.counter("lockstep", "duplicates_differing");
  private static final byte[] CLOSED = {0};
  private static final byte[] OPENED = {1};

  private final FeatureSet<?> set;
  private final boolean lookupsAreRouted;
  private final boolean beginsWithSnapshot;
  private transient FeaturePlan plan;
  private transient SourceRowCodec rows;
  private transient Router router;
  private transient ViewMessage views;
  private transient JoinMessage joins;
  private transient List<Comparator<SourceRow>> copyOrders;

  @StateId("copies")
  private final StateSpec<MapState<String, byte[]>> copiesSpec =
      StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

  @StateId("seen")
  private final StateSpec<MapState<String, byte[]>> seenSpec =
      StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

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
    router = new Router(plan, routed(plan, lookupsAreRouted));
    views = new ViewMessage(plan);
    joins = new JoinMessage(plan);
    copyOrders = plan.sources().stream().map(Duplicates::order).toList();
  }

  static List<Branch> routed(FeaturePlan plan, boolean lookupsAreRouted) {
    return lookupsAreRouted ? plan.branches() : List.copyOf(plan.views());
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, byte[]> element,
      @StateId("copies") MapState<String, byte[]> copies,
      @StateId("seen") MapState<String, byte[]> seen,
      @StateId("opening") ValueState<byte[]> opening,
      @StateId("cleanup") ValueState<byte[]> cleanup,
      @TimerId("open") Timer open,
      @TimerId("forget") Timer forget,
      MultiOutputReceiver out) {
    if (SeenMessage.is(element.getValue())) {
      SeenMessage.read(
          element.getValue(),
          (key, id) -> {
            seen.put(key, SeenIds.toBytes(id.availableAtMicros()));
            armCleanup(SeenIds.sourceOf(plan, key), id.availableAtMicros(), cleanup, forget);
          });
      return;
    }
    SourceRow row = rows.fromBytes(element.getValue());
    if (row.id() == null) {
      send(row, false, true, out);
      return;
    }
    SourcePlan source = plan.sources().get(row.source());
    armCleanup(source, row.availableAtMicros(), cleanup, forget);
    String id = row.source() + ":" + row.id();
    List<SourceRow> known = read(copies.get(id).read());
    List<SourceRow> all = new ArrayList<>(known);
    all.add(row);
    all.sort(copyOrders.get(row.source()));
    copies.put(id, write(all));
    if (beginsWithSnapshot && isClosed(opening, open)) {
      return;
    }
    Long lastSeen = lastSeen(row, seen);
    List<SourceRow> before = Duplicates.events(known, source.latenessMicros(), lastSeen);
    List<SourceRow> after = Duplicates.events(all, source.latenessMicros(), lastSeen);
    count(source, row, known, lastSeen, after.size() - before.size());
    pass(row, before, after, out);
  }

  private void pass(
      SourceRow row, List<SourceRow> before, List<SourceRow> after, MultiOutputReceiver out) {
    List<SourceRow> gone = before.stream().filter(event -> !after.contains(event)).toList();
    // Under onArrival() the first copy that was processed has been answered already, whichever of
    // them turns out to be the event: only a row that takes no other's place asks.
    boolean ordered = plan.emission() == Emission.ORDERED;
    for (SourceRow event : gone) {
      send(event, true, ordered, out);
    }
    for (SourceRow come : after) {
      if (!before.contains(come)) {
        send(come, false, ordered || (come == row && gone.isEmpty()), out);
      }
    }
  }

  private static boolean isClosed(ValueState<byte[]> opening, Timer open) {
    byte[] state = opening.read();
    if (state == null) {
      boolean over = Opening.isOver(open, Opening.OF_IDS);
      opening.write(over ? OPENED : CLOSED);
      if (!over) {
        open.set(Opening.OF_IDS);
      }
      return !over;
    }
    return state[0] == CLOSED[0];
  }

  /** When the last event of a row's id was available that the snapshot has seen; null for none. */
  private @Nullable Long lastSeen(SourceRow row, MapState<String, byte[]> seen) {
    return beginsWithSnapshot && !Boolean.TRUE.equals(seen.isEmpty().read())
        ? SeenIds.availableAt(seen.get(SeenMessage.key(row.source(), idOf(row))).read())
        : null;
  }

  private static SeenId.Digest idOf(SourceRow row) {
    return SeenId.Digest.of(Objects.requireNonNull(row.id()));
  }

  /** All ids that the snapshot has seen are there: what came of others goes on. */
  @OnTimer("open")
  public void open(
      @StateId("copies") MapState<String, byte[]> copies,
      @StateId("seen") MapState<String, byte[]> seen,
      @StateId("opening") ValueState<byte[]> opening,
      MultiOutputReceiver out) {
    List<SourceRow> events = new ArrayList<>();
    for (var entry : copies.entries().read()) {
      List<SourceRow> known = read(entry.getValue());
      SourceRow first = known.get(0);
      SourcePlan source = plan.sources().get(first.source());
      Long lastSeen = lastSeen(first, seen);
      List<SourceRow> ofId = Duplicates.events(known, source.latenessMicros(), lastSeen);
      DUPLICATES.inc(known.size() - ofId.size());
      events.addAll(ofId);
    }
    events.sort(this::compareKnowledge);
    events.forEach(event -> send(event, false, true, out));
    opening.write(OPENED);
  }

  private int compareKnowledge(SourceRow a, SourceRow b) {
    int by = Long.compare(a.availableAtMicros(), b.availableAtMicros());
    by = by != 0 ? by : Long.compare(a.sequence(), b.sequence());
    by = by != 0 ? by : Integer.compare(a.source(), b.source());
    return by != 0 ? by : copyOrders.get(a.source()).compare(a, b);
  }

  private static void count(
      SourcePlan source,
      SourceRow row,
      List<SourceRow> known,
      @Nullable Long lastSeen,
      int moreEvents) {
    if ((!known.isEmpty() || lastSeen != null) && moreEvents == 0) {
      DUPLICATES.inc();
      if (!known.isEmpty() && Duplicates.differInContent(source, row, known.get(0))) {
        CONFLICTS.inc();
      }
    }
  }

  /** One timer a bucket, at the time when its ids of now can be forgotten. */
  private static void armCleanup(
      SourcePlan source, long availableAtMicros, ValueState<byte[]> cleanup, Timer forget) {
    if (cleanup.read() == null) {
      long at = Micros.plusSaturating(availableAtMicros, source.latenessMicros());
      forget.set(Instant.ofEpochMilli(Micros.toMillis(at) + 1));
      cleanup.write(new byte[] {1});
    }
  }

  @OnTimer("forget")
  public void forget(
      OnTimerContext context,
      @StateId("copies") MapState<String, byte[]> copies,
      @StateId("seen") MapState<String, byte[]> seen,
      @StateId("cleanup") ValueState<byte[]> cleanup,
      @TimerId("forget") Timer forget) {
    long now = context.fireTimestamp().getMillis() * Micros.PER_MILLI;
    // The latest expiry, not the next: a bucket is looked through once a lateness, and ids are held
    // up to twice as long as they need be, which changes no value.
    long next = Long.MIN_VALUE;
    List<String> forgotten = new ArrayList<>();
    boolean anySeen = !Boolean.TRUE.equals(seen.isEmpty().read());
    Set<String> needed = new HashSet<>();
    for (var entry : copies.entries().read()) {
      List<SourceRow> held = read(entry.getValue());
      SourceRow last = held.get(held.size() - 1);
      long until =
          Micros.plusSaturating(
              last.availableAtMicros(), plan.sources().get(last.source()).latenessMicros());
      if (until < now) {
        forgotten.add(entry.getKey());
      } else {
        next = Math.max(next, until);
        if (anySeen) {
          needed.add(SeenMessage.key(last.source(), idOf(last)));
        }
      }
    }
    forgotten.forEach(copies::remove);
    next = Math.max(next, SeenIds.forget(plan, seen, needed, now));
    if (next == Long.MIN_VALUE) {
      cleanup.clear();
    } else {
      forget.set(Instant.ofEpochMilli(Micros.toMillis(next) + 1));
    }
  }

  private void send(SourceRow row, boolean isRetraction, boolean mayAsk, MultiOutputReceiver out) {
    SourcePlan source = plan.sources().get(row.source());
    boolean deleted = isDeletion(source, row.values());
    int operation = isRetraction ? ViewMessage.RETRACT : ViewMessage.APPLY;
    boolean asks = mayAsk && row.source() == plan.requestSource().index();
    String joinKey = asks ? StreamFeatures.joinKey(row) : null;
    long answering =
        router.route(
            row,
            asks,
            joinKey,
            0,
            deleted,
            (branch, key, branchRow) ->
                out.get(StreamFeatures.TO_VIEWS)
                    .output(
                        KV.of(
                            ViewMessage.key(branch, key),
                            views.encode(branch, operation, branchRow))));
    if (asks) {
      out.get(StreamFeatures.TO_JOIN)
          .output(
              KV.of(
                  StreamFeatures.joinKeyBytes(Objects.requireNonNull(joinKey)),
                  joins.request(isRetraction, answering, row)));
    }
  }

  private static boolean isDeletion(SourcePlan source, Values values) {
    int column = source.deletedColumn();
    return column >= 0 && !values.isNull(column) && values.getBoolean(column);
  }

  private List<SourceRow> read(byte @Nullable [] bytes) {
    List<SourceRow> read = new ArrayList<>(1);
    if (bytes != null) {
      ByteReader in = new ByteReader(bytes);
      while (in.remaining() > 0) {
        read.add(rows.fromBytes(in.readBlob()));
      }
    }
    return read;
  }

  private byte[] write(List<SourceRow> copies) {
    ByteWriter out = new ByteWriter();
    copies.forEach(copy -> out.writeBlob(rows.toBytes(copy)));
    return out.toByteArray();
  }
}
