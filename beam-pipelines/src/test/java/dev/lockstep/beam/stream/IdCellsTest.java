package dev.lockstep.beam.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.snapshot.SeenId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.apache.beam.runners.core.InMemoryStateInternals;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.MapState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids in cells: they are what a map of them would be, and cells stay small. */
class IdCellsTest {
  private final MapState<Integer, byte[]> state =
      InMemoryStateInternals.forKey("key")
          .state(
              StateNamespaces.global(),
              StateTags.map("ids", VarIntCoder.of(), ByteArrayCoder.of()));

  private final IdCells cells = new IdCells(state);

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 3_000})
  void theyAreWhatAMapWouldBe(int ids) {
    Random random = new Random(ids);
    Map<String, byte[]> map = new HashMap<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 3 * ids; i++) {
        String key = key(random.nextInt(3), random.nextInt(ids));
        byte[] value = new byte[random.nextInt(40)];
        random.nextBytes(value);
        map.put(key, value);
        cells.put(key, value);
      }
      check(map, ids);
      assertNull(cells.get(key(0, ids + 1)));
      int left = round == 2 ? 0 : random.nextInt(256);
      map.values().removeIf(value -> first(value) >= left);
      cells.retain((key, value) -> first(value) < left);
      check(map, ids);
    }
    assertTrue(cells.isEmpty());
    assertTrue(Boolean.TRUE.equals(state.isEmpty().read()), "nothing is left behind");
  }

  /** Each change writes a cell anew, and each read reads it. */
  @Test
  void cellsStaySmall() {
    for (int i = 0; i < 20_000; i++) {
      cells.put(key(0, i), new byte[8]);
    }
    int most = 0;
    int count = 0;
    for (var cell : state.entries().read()) {
      most = Math.max(most, cell.getValue().length);
      count++;
    }
    assertTrue(most <= IdCells.MOST * 26, most + " bytes");
    assertTrue(20_000 / count >= IdCells.MOST / 4, count + " cells");
  }

  /** What is stored must be read by what comes later: else the format of checkpoints goes up. */
  @Test
  void theBytesAreThoseOfTheFirstVersion() {
    cells.put(key(1, 7), new byte[] {5});
    assertEquals(
        "0130fd7a62429a00d89d11a2a0bbffc1ac0205", HexFormat.of().formatHex(state.get(0).read()));
  }

  private void check(Map<String, byte[]> map, int ids) {
    for (int source = 0; source < 3; source++) {
      for (int i = 0; i < ids; i++) {
        String key = key(source, i);
        assertArrayEquals(map.get(key), cells.get(key));
      }
    }
    Map<String, byte[]> all = new HashMap<>();
    cells.forEach((key, value) -> assertNull(all.put(key, value), "twice"));
    assertEquals(map.keySet(), all.keySet());
    all.forEach((key, value) -> assertTrue(Arrays.equals(map.get(key), value)));
  }

  private static int first(byte[] value) {
    return value.length == 0 ? 0 : value[0] & 0xff;
  }

  private static String key(int source, int id) {
    return SeenMessage.key(source, SeenId.Digest.of("id" + id));
  }
}
