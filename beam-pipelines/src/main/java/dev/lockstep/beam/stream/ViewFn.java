package dev.lockstep.beam.stream;

import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
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
 * <p>In a stream that begins with a snapshot each key begins with its state there. Under {@code
 * ordered()} that is there before the first row is applied, since the watermark waits for it; under
 * {@code onArrival()} rows wait in the same buffer until it is there, and are then applied in
 * knowledge order ({@link Opening}, C12).
 *
 * <p>State cells are bytes of ours under Beam's primitive coders, so that a savepoint holds no
 * class of the job.
 */
final class ViewFn extends DoFn<KV<byte[], byte[]>, KV<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  /** The end of year 9999; clocks go no further. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private final FeatureSet<?> set;
  private final @Nullable OnlineStore store;
  private final StreamSettings settings;
  private final boolean beginsWithSnapshot;

  private transient FeaturePlan plan;
  private transient ViewMessage messages;
  private transient JoinMessage joins;
  private transient List<StateBytes> states;
  private transient KeptFor kept;
  private transient DecodedStates decoded;
  private transient @Nullable Publication publication;

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
  ViewFn(
      FeatureSet<?> set,
      @Nullable OnlineStore store,
      StreamSettings settings,
      boolean beginsWithSnapshot) {
    this.set = set;
    this.store = store;
    this.settings = settings;
    this.beginsWithSnapshot = beginsWithSnapshot;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    messages = new ViewMessage(plan);
    joins = new JoinMessage(plan);
    states = plan.branches().stream().map(StateBytes::new).toList();
    kept = new KeptFor(plan);
    decoded = new DecodedStates(settings.decodedBytes());
    publication = store == null ? null : new Publication(plan, store, settings);
  }

  @Teardown
  public void teardown() {
    if (publication != null) {
      publication.close();
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
    StateCells cells = new StateCells(state, blocks);
    byte[] snapshot = ViewMessage.stateIn(element.getValue());
    if (snapshot != null) {
      armCleanup(header, branch, begin(elementKey, snapshot, cells), cleanup);
      armPublication(header, publish);
      headerCell.write(header.toBytes());
      return;
    }
    ViewMessage.Decoded message = messages.decode(branch, element.getValue());
    // A table's versions carry their whole order: the request that reads them waits, they needn't.
    boolean isVersion =
        plan.branches().get(branch) instanceof LookupPlan && message.row().isEvent();
    if (!isVersion && (isOrdered() || isClosed(header, release))) {
      hold(message, element, cells, header, buffer, release, publish);
    } else {
      KeyState key = open(elementKey, cells);
      if (message.isRetraction()) {
        takeBack(key, branch, message.row(), header);
      } else {
        apply(key, branch, leftOf(key, message.row(), branch, header), out, timestamp);
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

  /** Takes a row out of the state; one that isn't there yet is left out when it comes. */
  private void takeBack(KeyState key, int branch, BranchRow row, PendingHeader header) {
    if (!key.retract(row) && !isOrdered()) {
      new TakenBack(messages, branch, header).add(row);
    }
  }

  private @Nullable BranchRow leftOf(
      KeyState key, BranchRow row, int branch, PendingHeader header) {
    return header.takenBack.isEmpty()
        ? row
        : new TakenBack(messages, branch, header).leftOf(row, key);
  }

  private void apply(
      KeyState key,
      int branch,
      @Nullable BranchRow row,
      OutputReceiver<KV<byte[], byte[]>> out,
      Instant timestamp) {
    if (row == null) {
      return;
    }
    Values answer = key.apply(row);
    if (answer != null) {
      out.outputWithTimestamp(
          KV.of(
              StreamFeatures.joinKeyBytes(Objects.requireNonNull(row.requestId())),
              joins.answer(branch, row.asks(), answer)),
          timestamp);
    }
  }

  /** Lets a row wait, or takes a retracted one out of those that do. */
  private void hold(
      ViewMessage.Decoded message,
      KV<byte[], byte[]> element,
      StateCells cells,
      PendingHeader header,
      MapState<Long, byte[]> buffer,
      Timer release,
      Timer publish) {
    HeldRows held = new HeldRows(messages, ViewMessage.branchOf(element.getKey()), buffer, header);
    if (!message.isRetraction()) {
      if (held.add(message.row(), element.getValue())) {
        if (isOrdered()) {
          arm(release, header.milliseconds.first());
        } else {
          release.set(Opening.OF_KEYS);
        }
      }
    } else if (!held.retract(message.row())) {
      // Applied already: the copy that replaces it was overdue.
      KeyState key = open(element.getKey(), cells);
      takeBack(key, ViewMessage.branchOf(element.getKey()), message.row(), header);
      key.store();
      armPublication(header, publish);
    }
  }

  private boolean isOrdered() {
    return plan.emission() == Emission.ORDERED;
  }

  /** Whether a key must wait with what it does at once elsewhere: its snapshot may still come. */
  private boolean isClosed(PendingHeader header, Timer release) {
    if (!beginsWithSnapshot || header.opened) {
      return false;
    }
    // What waits already goes first, when the timer fires.
    header.opened = header.milliseconds.isEmpty() && Opening.isOver(release, Opening.OF_KEYS);
    return !header.opened;
  }

  /** Begins a key with its state in the snapshot; tells when its last event became available. */
  private long begin(byte[] elementKey, byte[] canonical, StateCells cells) {
    int branch = ViewMessage.branchOf(elementKey);
    BranchState state = states.get(branch).begin(canonical, cells);
    if (state == null) {
      throw new IllegalStateException(
          "the snapshot's state of "
              + plan.branches().get(branch).name()
              + " "
              + ViewMessage.entityKeyOf(elementKey)
              + " comes to a key that has one already: start the stream in a new --work folder");
    }
    return state instanceof EntityState entity
        ? entity.greatestPosition().availableAtMicros()
        : Long.MIN_VALUE;
  }

  /** What is available beyond the last clock can't be waited for, and is never answered. */
  private static void arm(Timer release, long ms) {
    if (ms <= LAST_MILLIS) {
      release.set(Instant.ofEpochMilli(ms));
    }
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
      @TimerId("cleanup") Timer cleanup,
      @TimerId("publish") Timer publish,
      OutputReceiver<KV<byte[], byte[]>> out) {
    int branch = ViewMessage.branchOf(elementKey);
    PendingHeader header = PendingHeader.of(headerCell.read());
    HeldRows held = new HeldRows(messages, branch, buffer, header);
    long fired = context.fireTimestamp().getMillis();
    List<BranchRow> rows =
        isOrdered()
            ? held.take(fired)
            : List.copyOf(header.milliseconds).stream()
                .flatMap(ms -> held.take(ms).stream())
                .toList();
    if (!rows.isEmpty()) {
      KeyState key = open(elementKey, new StateCells(state, blocks));
      for (BranchRow row : rows) {
        apply(key, branch, leftOf(key, row, branch, header), out, context.timestamp());
      }
      key.prune(fired * Micros.PER_MILLI);
      key.store();
      armPublication(header, publish);
      // A cleanup that was armed for an earlier row may have found nothing while these waited.
      armCleanup(header, branch, rows.get(rows.size() - 1).availableAtMicros(), cleanup);
    }
    if (!isOrdered()) {
      header.opened = true;
    } else if (!header.milliseconds.isEmpty()) {
      arm(release, header.milliseconds.first());
    }
    headerCell.write(header.toBytes());
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
    boolean leavesMore = kept.leavesMore(branch, key.lastAvailableMicros(), now);
    boolean isLeft = key.storeOrClear();
    if (!isLeft && publication != null) {
      publication.dropped(header, elementKey);
    }
    new TakenBack(messages, branch, header).prune(now, kept.micros(branch));
    if ((isLeft && leavesMore) || !header.takenBack.isEmpty()) {
      armNextCleanup(header, branch, now, cleanup); // else nothing leaves until a row comes
    }
    store(header, headerCell);
  }

  private static void store(PendingHeader header, ValueState<byte[]> headerCell) {
    if (header.isBlank()) {
      headerCell.clear();
    } else {
      headerCell.write(header.toBytes());
    }
  }

  /** Sees to it that the online store gets the key's state, and keeps it. */
  @OnTimer("publish")
  public void publish(
      @Key byte[] elementKey,
      @StateId("state") ValueState<byte[]> state,
      @StateId("blocks") MapState<Long, byte[]> blocks,
      @StateId("header") ValueState<byte[]> headerCell,
      @TimerId("publish") Timer publish) {
    PendingHeader header = PendingHeader.of(headerCell.read());
    if (publication == null) {
      header.publicationArmed = false;
    } else {
      publication.visit(
          header, elementKey, () -> open(elementKey, new StateCells(state, blocks)), publish);
    }
    store(header, headerCell);
  }

  private void armPublication(PendingHeader header, Timer publish) {
    if (publication != null) {
      publication.changed(header, publish);
    }
  }

  /** One timer a key; it fires when what came before it has left every window. */
  private void armCleanup(PendingHeader header, int branch, long fromMicros, Timer cleanup) {
    armCleanupAt(header, branch, Micros.plusSaturating(fromMicros, kept.micros(branch)), cleanup);
  }

  private void armNextCleanup(PendingHeader header, int branch, long nowMicros, Timer cleanup) {
    armCleanupAt(
        header, branch, Micros.plusSaturating(nowMicros, kept.untilNextMicros(branch)), cleanup);
  }

  private void armCleanupAt(PendingHeader header, int branch, long leaves, Timer cleanup) {
    boolean keepsAll = plan.branches().get(branch) instanceof ViewPlan view && view.isLifetime();
    if (!header.cleanupArmed && !keepsAll) {
      cleanup.set(Instant.ofEpochMilli(Micros.toMillis(leaves) + 1));
      header.cleanupArmed = true;
    }
  }
}
