package dev.lockstep.beam.stream;

import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.BagState;
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

/**
 * Under {@code onArrival()} sends the first copy of an id that a partition has straight to its
 * keys, in the partition's order, and all copies on to where those of other partitions meet them
 * ({@link RouteFn}). Keyed by {@link StreamFeatures#keyOf}.
 *
 * <p>So a request finds applied whatever was before it in its partition, at any parallelism (C5).
 * What must be taken back, since a copy in another partition comes first in knowledge order, {@link
 * RouteFn} takes back.
 *
 * <p>In a stream that begins with a snapshot rows with an id wait until all ids that it has seen
 * are there ({@link Opening}).
 *
 * <p>State, by id ({@link IdCells}): when the last copy that was sent became available, in 8 bytes.
 */
final class FirstCopyFn extends DoFn<KV<Integer, byte[]>, KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final FeatureSet<?> set;
  private final boolean lookupsAreRouted;
  private final boolean beginsWithSnapshot;
  private transient FeaturePlan plan;
  private transient SourceRowCodec rows;
  private transient RowSender sender;

  @StateId("sent")
  private final StateSpec<MapState<Integer, byte[]>> sentSpec =
      StateSpecs.map(VarIntCoder.of(), ByteArrayCoder.of());

  @StateId("waiting")
  private final StateSpec<BagState<byte[]>> waitingSpec = StateSpecs.bag(ByteArrayCoder.of());

  @StateId("opening")
  private final StateSpec<ValueState<byte[]>> openingSpec = StateSpecs.value(ByteArrayCoder.of());

  @TimerId("open")
  private final TimerSpec openSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @StateId("cleanup")
  private final StateSpec<ValueState<byte[]>> cleanupSpec = StateSpecs.value(ByteArrayCoder.of());

  @TimerId("forget")
  private final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  FirstCopyFn(FeatureSet<?> set, boolean lookupsAreRouted, boolean beginsWithSnapshot) {
    this.set = set;
    this.lookupsAreRouted = lookupsAreRouted;
    this.beginsWithSnapshot = beginsWithSnapshot;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    rows = new SourceRowCodec(plan);
    sender = new RowSender(plan, lookupsAreRouted);
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, byte[]> element,
      @StateId("sent") MapState<Integer, byte[]> sentCells,
      @StateId("waiting") BagState<byte[]> waiting,
      @StateId("opening") ValueState<byte[]> opening,
      @StateId("cleanup") ValueState<byte[]> cleanup,
      @TimerId("open") Timer open,
      @TimerId("forget") Timer forget,
      MultiOutputReceiver out) {
    byte[] bytes = element.getValue();
    IdCells sent = new IdCells(sentCells);
    if (SeenMessage.is(bytes)) {
      see(element.getKey(), bytes, sent, cleanup, forget, out);
      return;
    }
    SourceRow row = rows.fromBytes(bytes);
    if (row.id() == null) {
      sender.send(row, false, true, out);
      return;
    }
    if (beginsWithSnapshot && Opening.isClosed(opening, open)) {
      waiting.add(bytes);
      return;
    }
    take(row, bytes, sent, out);
    SeenIds.armCleanup(plan.sources().get(row.source()), row.availableAtMicros(), cleanup, forget);
  }

  /**
   * Takes note of ids that a snapshot has seen; of those of a lane others tell where copies meet.
   */
  private void see(
      int key,
      byte[] message,
      IdCells sent,
      ValueState<byte[]> cleanup,
      Timer forget,
      MultiOutputReceiver out) {
    SeenMessage.read(
        message,
        (id, seen) -> {
          sent.put(id, SeenIds.toBytes(seen.availableAtMicros()));
          SeenIds.armCleanup(SeenIds.sourceOf(plan, id), seen.availableAtMicros(), cleanup, forget);
        });
    if (!Lanes.isKey(key)) {
      out.get(StreamFeatures.TO_IDS).output(KV.of(key, message));
    }
  }

  private void take(SourceRow row, byte[] bytes, IdCells sent, MultiOutputReceiver out) {
    String id = SeenMessage.key(row.source(), SeenId.Digest.of(Objects.requireNonNull(row.id())));
    Long last = SeenIds.availableAt(sent.get(id));
    long lateness = plan.sources().get(row.source()).latenessMicros();
    boolean isFirst =
        last == null || Duplicates.isNewEvent(row.availableAtMicros(), last, lateness);
    if (isFirst) {
      sent.put(id, SeenIds.toBytes(row.availableAtMicros()));
      sender.send(row, false, true, out);
    }
    out.get(StreamFeatures.TO_IDS)
        .output(KV.of(StreamFeatures.bucketOf(row), isFirst ? PassedRow.of(bytes) : bytes));
  }

  /** All ids that the snapshot has seen are there: what waited for them goes on. */
  @OnTimer("open")
  public void open(
      @StateId("sent") MapState<Integer, byte[]> sentCells,
      @StateId("waiting") BagState<byte[]> waiting,
      @StateId("opening") ValueState<byte[]> opening,
      @StateId("cleanup") ValueState<byte[]> cleanup,
      @TimerId("forget") Timer forget,
      MultiOutputReceiver out) {
    IdCells sent = new IdCells(sentCells);
    List<SourceRow> waited = new ArrayList<>();
    waiting.read().forEach(bytes -> waited.add(rows.fromBytes(bytes)));
    waited.sort(Duplicates.knowledgeOrder(plan));
    for (SourceRow row : waited) {
      take(row, rows.toBytes(row), sent, out);
      SeenIds.armCleanup(
          plan.sources().get(row.source()), row.availableAtMicros(), cleanup, forget);
    }
    waiting.clear();
    Opening.open(opening);
  }

  @OnTimer("forget")
  public void forget(
      OnTimerContext context,
      @StateId("sent") MapState<Integer, byte[]> sentCells,
      @StateId("cleanup") ValueState<byte[]> cleanup,
      @TimerId("forget") Timer forget) {
    long now = context.fireTimestamp().getMillis() * Micros.PER_MILLI;
    long next = SeenIds.forget(plan, new IdCells(sentCells), Set.of(), now);
    if (next == Long.MIN_VALUE) {
      cleanup.clear();
    } else {
      forget.set(Instant.ofEpochMilli(Micros.toMillis(next) + 1));
    }
  }
}
