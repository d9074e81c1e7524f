package dev.lockstep.beam.simulation;

import dev.lockstep.beam.stream.SimulatedTables;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.ViewPlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a run differs from what the definition and the contract say. */
final class Verdict {
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
   * @param duplicates how many were counted, where nothing was done twice; else -1
   */
  void compare(long duplicates) {
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
    if (duplicates >= 0 && duplicates != of.duplicates) {
      differences.add(duplicates + " duplicates were counted, of " + of.duplicates);
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
}
