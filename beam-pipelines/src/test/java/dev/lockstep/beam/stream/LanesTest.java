package dev.lockstep.beam.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.apache.beam.runners.flink.adapter.FlinkKey;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

/** The keys of a lane against Flink's own groups. */
class LanesTest {
  @Test
  void allKeysOfALaneAreOfOneGroupOfFlinks() {
    Set<Integer> keys = new HashSet<>();
    for (int lane = 0; lane < Lanes.LANES; lane++) {
      for (int bucket = 0; bucket < 1 << 12; bucket++) {
        int key = Lanes.key(lane, bucket);
        keys.add(key);
        assertTrue(Lanes.isKey(key));
        assertEquals(
            lane,
            KeyGroupRangeAssignment.assignToKeyGroup(
                FlinkKey.of(key, VarIntCoder.of()), Lanes.LANES));
      }
    }
    assertEquals(Lanes.LANES << 10, keys.size(), "keys in two lanes");
  }

  @Test
  void partitionsAreSharedEvenlyAmongTasks() {
    for (int tasks : new int[] {1, 2, 4, 8}) {
      int[] partitions = new int[tasks];
      for (int partition = 0; partition < 16; partition++) {
        int lane = Lanes.of("swipes", partition);
        partitions[
            KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(Lanes.LANES, tasks, lane)]++;
      }
      for (int ofTask : partitions) {
        assertEquals(16 / tasks, ofTask, tasks + " tasks");
      }
    }
  }
}
