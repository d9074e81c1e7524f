package dev.lockstep.beam.simulation;

import dev.lockstep.beam.stream.SimulatedTables;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.StoreKey;
import dev.lockstep.time.Micros;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.MetricName;
import org.jspecify.annotations.Nullable;

/** Where a run differs from what the definition and the contract say. */
final class Verdict {
  private static final MetricName DUPLICATES = MetricName.named("lockstep", "duplicates");

  private final SimulatedCase of;
  private final SimulatedSet set;
  private final Published published;
  private final List<String> differences = new ArrayList<>();

  Verdict(SimulatedCase of, SimulatedSet set, Published published) {
    this.of = of;
    this.set = set;
    this.published = published;
  }

  /** What differs, in words; empty for nothing. */
  List<String> differences() {
    return differences;
  }

  /**
   * Compares what was published.
   *
   * @param metrics what was counted, where nothing was done twice; else null
   */
  void compare(@Nullable MetricsContainerImpl metrics) {
    boolean exact = of.isOrdered() || set.isOfOneEntity();
    if (exact) {
      compareVectors(of.expected.keySet());
      for (String key : published.vectors.keySet()) {
        if (!of.expected.containsKey(key)) {
          differences.add("a vector of no request: " + key);
        }
      }
      published.vectors.forEach(
          (key, all) -> {
            if (new HashSet<>(all).size() > 1) {
              differences.add("repeats of " + key + " differ: " + all);
            }
          });
    } else {
      compareVectors(of.settled);
      requireAnswers();
    }
    compareSets("dead letters", of.dead, published.dead);
    compareSets("late rows", of.late, published.late);
    compareSets("unknown topics", Set.of(), published.unknown);
    if (metrics != null) {
      long counted = metrics.getCounter(DUPLICATES).getCumulative();
      if (counted != of.duplicates) {
        differences.add(counted + " duplicates were counted, of " + of.duplicates);
      }
    }
  }

  private void compareVectors(Set<String> keys) {
    for (String key : keys) {
      List<String> all = published.vectors.get(key);
      String expected = of.expected.get(key);
      if (all == null) {
        differences.add("no vector of " + key);
      } else if (!all.get(0).equals(expected)) {
        differences.add(key + " is\n    " + all.get(0) + "\n  and should be\n    " + expected);
      }
    }
  }

  /** Each id that asks has an answer, and no other. */
  private void requireAnswers() {
    Set<String> asked = new HashSet<>();
    of.expected.keySet().forEach(key -> asked.add(SimulatedCase.idOf(key)));
    Set<String> answered = new HashSet<>();
    published.vectors.keySet().forEach(key -> answered.add(SimulatedCase.idOf(key)));
    compareSets("ids that were answered", asked, answered);
  }

  private void compareSets(String what, Set<String> expected, Set<String> found) {
    Set<String> missing = new HashSet<>(expected);
    missing.removeAll(found);
    Set<String> more = new HashSet<>(found);
    more.removeAll(expected);
    if (!missing.isEmpty() || !more.isEmpty()) {
      differences.add(what + ": missing " + missing + ", not expected " + more);
    }
  }

  /** After a year without a record only what has no end is held. */
  void compareState(SimulatedJob job) {
    for (Subtask subtask : job.subtasks()) {
      if (!(subtask instanceof Subtask.OfFunction function) || !subtask.step.isKeyed()) {
        continue;
      }
      boolean isView = subtask.step.name.contains("Views");
      for (Map.Entry<ByteBuffer, Map<String, Object>> entry : function.state().copy().entrySet()) {
        if (!isView || !isForever(entry.getKey())) {
          differences.add(
              subtask.step + " holds cells of a key for ever: " + entry.getValue().keySet());
        }
      }
      if (!function.timers().isEmpty()) {
        differences.add(subtask.step + " has timers left: " + function.timers().copy());
      }
    }
  }

  private boolean isForever(ByteBuffer key) {
    Branch branch = set.plan().branches().get(SimulatedTables.branchOf(key.array()));
    return branch instanceof ViewPlan view && view.isForever();
  }

  /** What the online store holds of views is what the stream has, or was lost since. */
  void compareStore(SimulatedJob job, SimulatedRedis redis) {
    long oldest = (of.endMillis + 1) * Micros.PER_MILLI;
    for (Subtask subtask : job.subtasks()) {
      if (subtask instanceof Subtask.OfFunction function && subtask.step.name.contains("Views")) {
        function
            .state()
            .copy()
            .forEach((key, cells) -> compareCell(key.array(), cells, redis, oldest));
      }
    }
  }

  private void compareCell(
      byte[] key, Map<String, Object> cells, SimulatedRedis redis, long oldest) {
    byte[] value = (byte[]) cells.get("state");
    if (value == null) {
      return;
    }
    ViewPlan view = (ViewPlan) set.plan().branches().get(SimulatedTables.branchOf(key));
    EntityState state = SimulatedTables.state(view, value, id -> blockOf(cells, id), oldest);
    String entity = SimulatedTables.entityOf(key);
    SimulatedRedis.Cell cell = redis.cell(new StoreKey(view.name(), entity));
    if (cell == null) {
      if (!published.storeForgot && !state.isEmpty()) {
        differences.add("the store has nothing of " + view.name() + " " + entity);
      }
      return;
    }
    EntityStateCodec codec = new EntityStateCodec(view);
    EntityState stored = codec.fromBytes(cell.state());
    stored.prune(oldest);
    if (!published.storeForgot
        && !(stored.isEmpty() && state.isEmpty())
        && !Arrays.equals(codec.toBytes(stored), codec.toBytes(state))) {
      differences.add(
          "the store has another state of "
              + view.name()
              + " "
              + entity
              + ", marked "
              + cell.mark()
              + " where the stream's is "
              + EntityStateCodec.markOf(codec.toBytes(state), 0));
    }
  }

  private static byte[] blockOf(Map<String, Object> cells, long id) {
    Map<?, ?> blocks = (Map<?, ?>) cells.getOrDefault("blocks", Map.of());
    return (byte[]) blocks.get(ByteBuffer.wrap(Subtask.bytes(VarLongCoder.of(), id)));
  }
}
