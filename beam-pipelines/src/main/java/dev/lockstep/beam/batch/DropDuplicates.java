package dev.lockstep.beam.batch;

import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.wire.ByteReader;
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
    static final Comparator<Copy> ORDER =
        Comparator.comparing(Copy::row, Duplicates.ORDER).thenComparing(PLACE);
  }

  private final Definition definition;
  private transient @Nullable FeaturePlan plan;

  DropDuplicates(Definition definition) {
    this.definition = definition;
  }

  @Setup
  public void setup() {
    plan = definition.plan();
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver receiver) {
    FeaturePlan made = plan;
    if (made == null) {
      throw new IllegalStateException("not set up");
    }
    SourcePlan source = made.sources().get(shard.getKey() / definition.shards());
    Tally tally = new Tally();
    List<Copy> events = new ArrayList<>();
    for (List<Copy> copies : byId(shard.getValue(), made)) {
      if (copies.size() == 1) {
        events.add(copies.get(0));
      } else {
        copies.sort(Copy.ORDER);
        keep(copies, source, events, tally);
      }
    }
    // In the order of their places: neighbours share the ranges of a block.
    events.sort(Copy.PLACE);
    Outlet out = Outlet.of(receiver);
    RowRouter router = new RowRouter(made, definition.shards());
    for (Copy event : events) {
      router.route(event.row, event.range, event.rowInRange, out);
    }
    router.flush(out);
    tally.drain().forEach(out::count);
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
      List<Copy> copiesInOrder, SourcePlan source, List<Copy> events, Tally tally) {
    Copy last = null;
    for (Copy copy : copiesInOrder) {
      if (last == null
          || Duplicates.isNewEvent(
              copy.row.availableAtMicros(),
              last.row.availableAtMicros(),
              source.latenessMicros())) {
        events.add(copy);
        last = copy;
      } else {
        tally.add(Tally.of("duplicates", source.name()), 1);
        if (Duplicates.differInContent(source, last.row, copy.row)) {
          tally.add(Tally.of("differingDuplicates", source.name()), 1);
        }
      }
    }
  }
}
