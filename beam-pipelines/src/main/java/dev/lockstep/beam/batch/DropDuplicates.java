package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.SeenId;
import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.wire.ByteReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Lets one copy of each event through (C9), given all rows of a shard of ids of one source. */
final class DropDuplicates extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  /** A copy and its place; identical copies count by place, so that any order gives the same. */
  private record Copy(SourceRow row, long range, int rowInRange) {
    static final Comparator<Copy> PLACE =
        Comparator.comparingLong(Copy::range).thenComparingInt(Copy::rowInRange);

    static Comparator<Copy> order(SourcePlan source) {
      return Comparator.comparing(Copy::row, Duplicates.order(source)).thenComparing(PLACE);
    }
  }

  private final Definition definition;
  private transient @Nullable BatchLayout layout;

  DropDuplicates(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    layout = definition.layout();
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver receiver)
      throws IOException {
    BatchLayout made = java.util.Objects.requireNonNull(layout, "not set up");
    SourcePlan source = made.plan().sources().get(shard.getKey() / definition.shards());
    StateFolders states = definition.states();
    SeenIds seen = states == null ? null : SeenIds.read(source, states.before(), shard.getKey());
    Tally tally = new Tally();
    List<Copy> events = new ArrayList<>();
    for (List<Copy> copies : byId(shard.getValue(), made.plan())) {
      keep(copies, source, seen, events, tally);
    }
    if (seen != null && states != null) {
      seen.write(states.after(), shard.getKey(), definition.untilMicros());
    }
    // In the order of their places: neighbours share the ranges of a block.
    events.sort(Copy.PLACE);
    Outlet out = Outlet.of(receiver);
    RowRouter router = new RowRouter(made, definition);
    for (Copy event : events) {
      router.route(event.row, event.range, event.rowInRange, null, out);
    }
    router.flush(out);
    if (!made.plan().isReadAgain(source)) {
      tally.drain().forEach(out::count);
    }
  }

  private static Iterable<List<Copy>> byId(Iterable<byte[]> blocks, FeaturePlan plan) {
    SourceRowCodec codec = new SourceRowCodec(plan);
    Map<String, List<Copy>> byId = new LinkedHashMap<>();
    for (byte[] block : blocks) {
      ByteReader in = new ByteReader(block);
      long range = 0;
      while (in.remaining() > 0) {
        range += in.readSigned();
        int rowInRange = (int) in.readVarint();
        SourceRow row = codec.read(in);
        byId.computeIfAbsent(String.valueOf(row.id()), id -> new ArrayList<>(1))
            .add(new Copy(row, range, rowInRange));
      }
    }
    return byId.values();
  }

  private static void keep(
      List<Copy> copies,
      SourcePlan source,
      @Nullable SeenIds seen,
      List<Copy> events,
      Tally tally) {
    SeenId before = seen == null ? null : seen.before(String.valueOf(copies.get(0).row.id()));
    if (copies.size() > 1) {
      copies.sort(Copy.order(source));
    }
    Copy last = null;
    for (Copy copy : copies) {
      if (isEvent(copy, last, before, source)) {
        events.add(copy);
        last = copy;
        continue;
      }
      tally.add(Tally.of("duplicates", source.name()), 1);
      boolean differs =
          last != null
              ? Duplicates.differInContent(source, last.row, copy.row)
              : before != null && seen != null && !before.content().equals(seen.content(copy.row));
      if (differs) {
        tally.add(Tally.of("differingDuplicates", source.name()), 1);
      }
    }
    if (seen != null && last != null) {
      seen.event(last.row);
    }
  }

  private static boolean isEvent(
      Copy copy, @Nullable Copy last, @Nullable SeenId before, SourcePlan source) {
    if (last == null && before == null) {
      return true;
    }
    long lastAvailable =
        last != null
            ? last.row.availableAtMicros()
            : java.util.Objects.requireNonNull(before).availableAtMicros();
    return Duplicates.isNewEvent(
        copy.row.availableAtMicros(), lastAvailable, source.latenessMicros());
  }
}
