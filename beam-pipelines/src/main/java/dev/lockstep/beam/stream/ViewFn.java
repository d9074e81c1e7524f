package dev.lockstep.beam.stream;

import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
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
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The kernel on keyed state: one key is one entity of one view (or a routed table's key).
 *
 * <p>Under {@code onArrival()} a row is applied when it comes. Under {@code ordered()} it waits in
 * a buffer by millisecond of availability, and a timer applies each millisecond in knowledge order
 * once the watermark, which tells about availability, is past it (C5). Every view waits at the same
 * time.
 *
 * <p>State cells are bytes of ours under Beam's primitive coders, so that a savepoint holds no
 * class of the job.
 */
final class ViewFn extends DoFn<KV<byte[], byte[]>, KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  /** The end of year 9999; clocks go no further. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private static final Comparator<BranchRow> KNOWLEDGE_ORDER =
      Comparator.comparingLong(BranchRow::availableAtMicros).thenComparingLong(BranchRow::sequence);

  private final FeatureSet<?> set;
  private final @Nullable OnlineStore store;
  private final StreamSettings settings;

  private transient FeaturePlan plan;
  private transient ViewMessage messages;
  private transient JoinMessage joins;
  private transient List<StateBytes> states;
  private transient DecodedStates decoded;
  private transient @Nullable StatePublisher publisher;

  @StateId("state")
  private final StateSpec<ValueState<byte[]>> stateSpec = StateSpecs.value(ByteArrayCoder.of());

  @StateId("blocks")
  private final StateSpec<MapState<Long, byte[]>> blocksSpec =
      StateSpecs.map(VarLongCoder.of(), ByteArrayCoder.of());

  @StateId("header")
  private final StateSpec<ValueState<byte[]>> headerSpec = StateSpecs.value(ByteArrayCoder.of());

  @StateId("buffer")
  private final StateSpec<MapState<Long, byte[]>> bufferSpec =
      StateSpecs.map(VarLongCoder.of(), ByteArrayCoder.of());

  @TimerId("release")
  private final TimerSpec releaseSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @TimerId("cleanup")
  private final TimerSpec cleanupSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @TimerId("publish")
  private final TimerSpec publishSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  ViewFn(FeatureSet<?> set, @Nullable OnlineStore store, StreamSettings settings) {
    this.set = set;
    this.store = store;
    this.settings = settings;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    messages = new ViewMessage(plan);
    joins = new JoinMessage(plan);
    states = plan.branches().stream().map(StateBytes::new).toList();
    decoded = new DecodedStates(settings.decodedBytes());
    publisher = store == null ? null : new StatePublisher(store.openWriter());
  }

  @Teardown
  public void teardown() {
    if (publisher != null) {
      publisher.close();
    }
  }

  @FinishBundle
  public void finishBundle() {
    if (publisher != null) {
      publisher.await();
    }
  }

  @ProcessElement
  public void process(
      @Element KV<byte[], byte[]> element,
      @Timestamp Instant timestamp,
      @StateId("state") ValueState<byte[]> state,
      @StateId("blocks") MapState<Long, byte[]> blocks,
      @StateId("header") ValueState<byte[]> headerCell,
      @StateId("buffer") MapState<Long, byte[]> buffer,
      @TimerId("release") Timer release,
      @TimerId("cleanup") Timer cleanup,
      @TimerId("publish") Timer publish,
      OutputReceiver<KV<byte[], byte[]>> out) {
    byte[] elementKey = element.getKey();
    int branch = ViewMessage.branchOf(elementKey);
    PendingHeader header = PendingHeader.of(headerCell.read());
    ViewMessage.Decoded message = messages.decode(branch, element.getValue());
    // A table's versions carry their whole order: the request that reads them waits, they needn't.
    boolean isVersion =
        plan.branches().get(branch) instanceof LookupPlan && message.row().isEvent();
    StateCells cells = new StateCells(state, blocks);
    if (plan.emission() == Emission.ORDERED && !isVersion) {
      hold(message, element, cells, header, buffer, release);
    } else {
      KeyState key = open(elementKey, cells);
      if (message.isRetraction()) {
        key.retract(message.row());
      } else {
        apply(key, branch, message.row(), out, timestamp);
      }
      key.store();
      armPublication(header, publish);
    }
    armCleanup(header, branch, message.row().availableAtMicros(), cleanup);
    headerCell.write(header.toBytes());
  }

  private KeyState open(byte[] elementKey, StateCells cells) {
    int branch = ViewMessage.branchOf(elementKey);
    return new KeyState(
        elementKey, plan.branches().get(branch), cells, states.get(branch), decoded);
  }

  private void apply(
      KeyState key,
      int branch,
      BranchRow row,
      OutputReceiver<KV<byte[], byte[]>> out,
      Instant timestamp) {
    Values answer = key.apply(row);
    if (answer != null) {
      out.outputWithTimestamp(
          KV.of(
              StreamFeatures.joinKeyBytes(Objects.requireNonNull(row.requestId())),
              joins.answer(branch, answer)),
          timestamp);
    }
  }

  /** Puts a row into the buffer, or takes a retracted one out of it. */
  private void hold(
      ViewMessage.Decoded message,
      KV<byte[], byte[]> element,
      StateCells cells,
      PendingHeader header,
      MapState<Long, byte[]> buffer,
      Timer release) {
    byte[] elementKey = element.getKey();
    byte[] bytes = element.getValue();
    int branch = ViewMessage.branchOf(elementKey);
    long ms = Micros.toMillis(message.row().availableAtMicros());
    byte[] held = buffer.get(ms).read();
    if (message.isRetraction()) {
      if (held != null) {
        buffer.put(ms, without(held, message.row(), branch));
      } else {
        // Applied already: the copy that replaces it was overdue.
        KeyState key = open(elementKey, cells);
        key.retract(message.row());
        key.store();
      }
      return;
    }
    ByteWriter out = new ByteWriter((held == null ? 0 : held.length) + bytes.length + 2);
    if (held != null) {
      out.writeBytes(held);
    }
    out.writeBlob(bytes);
    buffer.put(ms, out.toByteArray());
    boolean first = header.milliseconds.isEmpty() || ms < header.milliseconds.first();
    header.milliseconds.add(ms);
    if (first) {
      arm(release, ms);
    }
  }

  /** What is available beyond the last clock can't be waited for, and is never answered. */
  private static void arm(Timer release, long ms) {
    if (ms <= LAST_MILLIS) {
      release.set(Instant.ofEpochMilli(ms));
    }
  }

  private byte[] without(byte[] held, BranchRow retracted, int branch) {
    ByteReader in = new ByteReader(held);
    ByteWriter out = new ByteWriter(held.length);
    while (in.remaining() > 0) {
      byte[] blob = in.readBlob();
      BranchRow row = messages.decode(branch, blob).row();
      boolean same =
          row.availableAtMicros() == retracted.availableAtMicros()
              && row.sequence() == retracted.sequence()
              && row.eventTimeMicros() == retracted.eventTimeMicros()
              && row.isRequest() == retracted.isRequest()
              && Objects.equals(row.requestId(), retracted.requestId())
              && Objects.equals(row.values(), retracted.values());
      if (!same) {
        out.writeBlob(blob);
      }
    }
    return out.toByteArray();
  }

  @OnTimer("release")
  public void release(
      OnTimerContext context,
      @Key byte[] elementKey,
      @StateId("state") ValueState<byte[]> state,
      @StateId("blocks") MapState<Long, byte[]> blocks,
      @StateId("header") ValueState<byte[]> headerCell,
      @StateId("buffer") MapState<Long, byte[]> buffer,
      @TimerId("release") Timer release,
      @TimerId("publish") Timer publish,
      OutputReceiver<KV<byte[], byte[]>> out) {
    int branch = ViewMessage.branchOf(elementKey);
    PendingHeader header = PendingHeader.of(headerCell.read());
    long ms = context.fireTimestamp().getMillis();
    byte[] held = buffer.get(ms).read();
    if (held != null) {
      KeyState key = open(elementKey, new StateCells(state, blocks));
      for (BranchRow row : inKnowledgeOrder(branch, held)) {
        apply(key, branch, row, out, context.timestamp());
      }
      key.prune(ms * Micros.PER_MILLI);
      key.store();
      buffer.remove(ms);
      armPublication(header, publish);
    }
    header.milliseconds.remove(ms);
    if (!header.milliseconds.isEmpty()) {
      arm(release, header.milliseconds.first());
    }
    headerCell.write(header.toBytes());
  }

  private List<BranchRow> inKnowledgeOrder(int branch, byte[] held) {
    List<BranchRow> rows = new ArrayList<>();
    ByteReader in = new ByteReader(held);
    while (in.remaining() > 0) {
      rows.add(messages.decode(branch, in.readBlob()).row());
    }
    rows.sort(KNOWLEDGE_ORDER);
    return rows;
  }

  /** Drops what no request can read any more, and the whole key when nothing is left. */
  @OnTimer("cleanup")
  public void cleanup(
      OnTimerContext context,
      @Key byte[] elementKey,
      @StateId("state") ValueState<byte[]> state,
      @StateId("blocks") MapState<Long, byte[]> blocks,
      @StateId("header") ValueState<byte[]> headerCell,
      @TimerId("cleanup") Timer cleanup) {
    int branch = ViewMessage.branchOf(elementKey);
    PendingHeader header = PendingHeader.of(headerCell.read());
    header.cleanupArmed = false;
    long now = context.fireTimestamp().getMillis() * Micros.PER_MILLI;
    KeyState key = open(elementKey, new StateCells(state, blocks));
    key.prune(now);
    if (key.storeOrClear() && !isForever(branch)) {
      armCleanup(header, branch, now, cleanup); // else nothing more leaves until a row comes
    }
    if (header.milliseconds.isEmpty() && !header.publicationArmed && !header.cleanupArmed) {
      headerCell.clear();
    } else {
      headerCell.write(header.toBytes());
    }
  }

  /** Writes the key's state, whole, to the online store: at most once an interval a key. */
  @OnTimer("publish")
  public void publish(
      @Key byte[] elementKey,
      @StateId("state") ValueState<byte[]> state,
      @StateId("blocks") MapState<Long, byte[]> blocks,
      @StateId("header") ValueState<byte[]> headerCell) {
    PendingHeader header = PendingHeader.of(headerCell.read());
    header.publicationArmed = false;
    headerCell.write(header.toBytes());
    if (publisher == null) {
      return;
    }
    KeyState key = open(elementKey, new StateCells(state, blocks));
    EntityState entity = key.entity();
    if (entity != null) {
      ViewPlan view = (ViewPlan) plan.branches().get(ViewMessage.branchOf(elementKey));
      byte[] bytes = new EntityStateCodec(view).toBytes(entity);
      publisher.publish(
          new StateWrite(
              new StoreKey(view.name(), ViewMessage.entityKeyOf(elementKey)),
              EntityStateCodec.markOf(bytes, settings.generation()),
              bytes));
    }
    key.leave();
  }

  private void armPublication(PendingHeader header, Timer publish) {
    if (publisher != null && !header.publicationArmed) {
      publish.offset(Duration.millis(settings.publishEveryMillis())).setRelative();
      header.publicationArmed = true;
    }
  }

  private boolean isForever(int branch) {
    return plan.branches().get(branch) instanceof ViewPlan view && view.isForever();
  }

  /** One timer a key; it fires when what came before it has left every window. */
  private void armCleanup(PendingHeader header, int branch, long fromMicros, Timer cleanup) {
    if (!header.cleanupArmed
        && plan.branches().get(branch) instanceof ViewPlan view
        && !view.isLifetime()) {
      long kept = Micros.plusSaturating(view.reachMicros(), view.requestLatenessMicros());
      cleanup.set(
          Instant.ofEpochMilli(Micros.toMillis(Micros.plusSaturating(fromMicros, kept)) + 1));
      header.cleanupArmed = true;
    }
  }
}
