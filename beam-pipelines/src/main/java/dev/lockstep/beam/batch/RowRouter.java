package dev.lockstep.beam.batch;

import dev.lockstep.kernel.ExpressionEvaluator;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes usable rows into blocks by shard, once for each key of each space, and, where several
 * spaces answer, requests into blocks by the range they are put together in. Not thread-safe.
 *
 * <pre>
 * a block for a shard    {@link RoutedRow}s, each behind its length
 * a request              row (varint), answering asks (varint), whether it has a name (one
 *                        byte; then the name as string), SourceRow
 * </pre>
 */
final class RowRouter {
  private static final Values NO_FEATURES = new Values(List.of());

  /** One key that a row goes to. */
  private static final class Stop {
    @Nullable KeySpace space;
    String key = "";
    long events;
    long requests;
  }

  private final BatchLayout layout;
  private final int shards;
  private final boolean askedBySpine;
  private final long fromMicros;
  private final long horizonMicros;
  private final @Nullable LabelPlan label;

  /** The label's branch, where requests that are too young for it wait; else -1. */
  private final int awaited;

  /** The label's ask, as a bit set, where they wait; else 0. */
  private final long awaitedAsk;

  private boolean waits;
  private final Router router;
  private final KeySpace[] spaceOfBranch;
  private final int[] placeOfBranch;

  /** For each branch and its asks: the key that one asks by, as a bit set by place in the space. */
  private final long[][] keysOfAsks;

  private final List<List<ExpressionEvaluator>> predicates;
  private final SourceRowCodec sourceRows;
  private final BlockBuffers routed = new BlockBuffers();
  private final BlockBuffers requests = new BlockBuffers(RangeAssembler.REQUESTS);
  private final ByteWriter scratch = new ByteWriter();
  private final RoutedRow routedRow;
  private final List<Stop> stops = new ArrayList<>();
  private final Router.RoleSink stopper = this::stop;
  private int stopCount;
  private long requestCount;
  private long immatureCount;

  RowRouter(BatchLayout layout, Definition definition) {
    BatchSettings settings = definition.settings();
    this.layout = layout;
    this.shards = settings.shards();
    this.askedBySpine = settings.spine();
    this.horizonMicros = definition.horizonMicros();
    this.label = layout.plan().label().orElse(null);
    LabelPlan waitedFor = definition.awaited(layout.plan());
    this.awaited = waitedFor == null ? -1 : waitedFor.index();
    this.awaitedAsk = waitedFor == null ? 0 : 1L << layout.plan().labelAsk().orElseThrow().index();
    this.fromMicros = settings.from() == null ? Long.MIN_VALUE : Micros.of(settings.from());
    var plan = layout.plan();
    this.router = new Router(plan, plan.branches());
    int branches = plan.branches().size();
    this.spaceOfBranch = new KeySpace[branches];
    this.placeOfBranch = new int[branches];
    this.keysOfAsks = new long[branches][];
    for (int b = 0; b < branches; b++) {
      KeySpace space = layout.spaceOf(b);
      spaceOfBranch[b] = space;
      placeOfBranch[b] = space.placeOf(b);
      keysOfAsks[b] =
          plan.asksOf(plan.branches().get(b)).stream()
              .mapToLong(ask -> 1L << space.keys().indexOf(ask.key()))
              .toArray();
    }
    this.predicates =
        layout.layouts().stream()
            .map(l -> l.predicates().stream().map(ExpressionEvaluator::new).toList())
            .toList();
    this.sourceRows = new SourceRowCodec(plan);
    this.routedRow = new RoutedRow(layout.layouts());
  }

  /** What says which keys a row goes to. */
  Router router() {
    return router;
  }

  /**
   * Routes a row that is the {@code rowInRange}-th of a range.
   *
   * @param name of a row that declares no id, where its place doesn't give it; mostly null
   */
  void route(SourceRow row, long range, int rowInRange, @Nullable String name, Outlet out) {
    boolean asks =
        !askedBySpine && row.source() == layout.plan().requestSource().index() && asks(row);
    route(row, true, asks, range, rowInRange, name, out);
  }

  /** Routes a row of a spine, which asks and is no event. */
  void ask(SourceRow row, long range, int rowInRange, Outlet out) {
    if (asks(row)) {
      route(row, false, true, range, rowInRange, null, out);
    }
  }

  private void route(
      SourceRow row,
      boolean isEvent,
      boolean asks,
      long range,
      int rowInRange,
      @Nullable String name,
      Outlet out) {
    SourcePlan source = layout.plan().sources().get(row.source());
    stopCount = 0;
    waits = asks && awaited >= 0 && isImmature(row);
    long answering = router.roles(row, isEvent, asks, stopper);
    if (waits) {
      answering &= ~awaitedAsk;
    }
    if (asks) {
      requestCount++;
      if (layout.isOneSpace() && answering == 0) {
        stop().space = layout.spaces().get(0); // answered without a key
      }
    }
    routedRow.deletes =
        source.deletedColumn() >= 0 && row.values().getBoolean(source.deletedColumn());
    routedRow.eventTimeMicros = row.eventTimeMicros();
    routedRow.availableAtMicros = row.availableAtMicros();
    routedRow.sequence = row.sequence();
    routedRow.range = range;
    routedRow.row = rowInRange;
    routedRow.name = name;
    for (int s = 0; s < stopCount; s++) {
      write(stops.get(s), row, out);
    }
    if (asks && !layout.isOneSpace()) {
      request(row, range, rowInRange, name, answering, out);
    }
  }

  private boolean asks(SourceRow row) {
    if (row.availableAtMicros() < fromMicros) {
      return false;
    }
    if (awaited < 0 && isImmature(row)) {
      immatureCount++;
      return false;
    }
    return true;
  }

  private boolean isImmature(SourceRow row) {
    return label != null && !label.isMature(row.eventTimeMicros(), horizonMicros);
  }

  private void request(
      SourceRow row,
      long range,
      int rowInRange,
      @Nullable String name,
      long answering,
      Outlet out) {
    BlockBuffers.Block block = requests.block(range);
    writeRequest(block.bytes, rowInRange, answering, name, row, sourceRows);
    requests.wrote(range, block, out::requests);
  }

  /** Writes a request as blocks for ranges hold it. */
  static void writeRequest(
      ByteWriter out,
      int rowInRange,
      long answering,
      @Nullable String name,
      SourceRow row,
      SourceRowCodec codec) {
    out.writeVarint(rowInRange);
    out.writeVarint(answering);
    out.writeByte(name == null ? 0 : 1);
    if (name != null) {
      out.writeString(name);
    }
    codec.write(row, out);
  }

  private void stop(int branch, String key, boolean isEvent, long asks) {
    long byKeys = asks == 0 || (waits && branch == awaited) ? 0 : keysOf(branch, asks);
    if (!isEvent && byKeys == 0) {
      return;
    }
    KeySpace space = spaceOfBranch[branch];
    Stop stop = null;
    for (int s = 0; s < stopCount && stop == null; s++) {
      Stop known = stops.get(s);
      stop = known.space == space && known.key.equals(key) ? known : null;
    }
    if (stop == null) {
      stop = stop();
      stop.space = space;
      stop.key = key;
    }
    stop.events |= isEvent ? 1L << placeOfBranch[branch] : 0;
    stop.requests |= byKeys;
  }

  /** The keys by which some asks of a branch are, as a bit set by place in its space. */
  private long keysOf(int branch, long asks) {
    long[] keys = keysOfAsks[branch];
    if (keys.length == 1) {
      return keys[0];
    }
    long byKeys = 0;
    for (int ask = 0; ask < keys.length; ask++) {
      byKeys |= (asks >>> ask & 1) != 0 ? keys[ask] : 0;
    }
    return byKeys;
  }

  /** The next stop, empty. */
  private Stop stop() {
    if (stopCount == stops.size()) {
      stops.add(new Stop());
    }
    Stop stop = stops.get(stopCount++);
    stop.space = null;
    stop.key = "";
    stop.events = 0;
    stop.requests = 0;
    return stop;
  }

  private void write(Stop stop, SourceRow row, Outlet out) {
    KeySpace space = java.util.Objects.requireNonNull(stop.space);
    RowLayout carried = layout.layout(space, row.source());
    boolean isRequest = stop.requests != 0;
    routedRow.layout = carried;
    routedRow.key = stop.key;
    routedRow.hasKey = stop.events != 0 || isRequest;
    routedRow.asks = isRequest || !routedRow.hasKey;
    routedRow.eventMask = stop.events;
    routedRow.requestMask = stop.requests;
    boolean carries =
        (stop.events != 0 && !routedRow.deletes) || (routedRow.asks && carried.carriesRequests());
    routedRow.values = carries ? fill(carried, row) : null;
    int shard = Shards.of(space, stop.key, shards);
    BlockBuffers.Block block = routed.block(shard);
    routedRow.write(scratch, block.bytes);
    routed.wrote(shard, block, out::routed);
  }

  private Values fill(RowLayout carried, SourceRow row) {
    Values values = routedRow.valuesOf(carried);
    int[] columns = carried.columns();
    for (int i = 0; i < columns.length; i++) {
      values.copy(i, row.values(), columns[i]);
    }
    List<ExpressionEvaluator> conditions = predicates.get(carried.index());
    for (int i = 0; i < conditions.size(); i++) {
      conditions.get(i).evaluate(row.values(), NO_FEATURES, values, columns.length + i);
    }
    return values;
  }

  /** Hands on all open blocks. */
  void flush(Outlet out) {
    routed.flush(out::routed);
    requests.flush(out::requests);
    out.count(Tally.REQUESTS, requestCount);
    out.count(Tally.of("immature", layout.plan().requestSource().name()), immatureCount);
    requestCount = 0;
    immatureCount = 0;
  }
}
