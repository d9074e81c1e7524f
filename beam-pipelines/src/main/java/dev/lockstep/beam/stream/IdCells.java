package dev.lockstep.beam.stream;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.apache.beam.sdk.state.MapState;
import org.jspecify.annotations.Nullable;

/**
 * What a step holds by id ({@link SeenMessage#key}), some ids to a cell: a cell an id would take
 * more than a hundred bytes of the heap beside its value, for the entry of a map, its key and two
 * headers of arrays.
 *
 * <p>Ids are spread by the first bits of their digest, as many as the depth says. Once a cell has
 * more than {@link #MOST} ids, the depth goes up, and each cell becomes two: as in extendible
 * hashing (Fagin and others, 1979), but all cells at once. A change of an id writes its cell anew,
 * so cells stay small.
 *
 * <pre>
 * cell -1          one byte: the depth; without it, 0
 * cell 0, 1, ...   entries in any order, each
 *   source         varint
 *   digest         16 bytes
 *   value          blob
 * </pre>
 */
final class IdCells {
  /** Ids of a cell; beyond, all are split. */
  static final int MOST = 16;

  private static final byte[] NONE = {};
  private static final int DEPTH = -1;
  private static final int MOST_DEPTH = 20;
  private static final int DIGEST = 16;

  /** What the head of an entry takes beside its value: source, digest, length. */
  private static final int HEAD = 1 + DIGEST + 2;

  private final MapState<Integer, byte[]> cells;

  IdCells(MapState<Integer, byte[]> cells) {
    this.cells = cells;
  }

  private record Entry(String key, byte[] value) {}

  /**
   * Where an id is in a cell.
   *
   * @param from where its entry begins, and where it ends; both the cell's end if it isn't there
   * @param value of the id; null if it isn't there
   * @param ids of the cell
   */
  private record Place(int from, int to, byte @Nullable [] value, int ids) {}

  /** The value of an id; null for none. */
  byte @Nullable [] get(String key) {
    byte[] cell = cells.get(cellOf(key, depth())).read();
    return cell == null ? null : find(cell, key).value;
  }

  /** Gives an id a value in place of the one that it has. */
  void put(String key, byte[] value) {
    int depth = depth();
    int number = cellOf(key, depth);
    byte[] cell = cells.get(number).read();
    byte[] bytes = cell == null ? NONE : cell;
    Place place = find(bytes, key);
    ByteWriter out = new ByteWriter(bytes.length + HEAD + value.length);
    out.writeBytes(Arrays.copyOfRange(bytes, 0, place.from));
    out.writeBytes(Arrays.copyOfRange(bytes, place.to, bytes.length));
    write(key, value, out);
    cells.put(number, out.toByteArray());
    int ids = place.ids + (place.value == null ? 1 : 0);
    if (ids > MOST && depth < MOST_DEPTH) {
      spread(depth + 1);
    }
  }

  private static Place find(byte[] cell, String key) {
    ByteReader in = new ByteReader(cell);
    Place found = null;
    int ids = 0;
    while (in.remaining() > 0) {
      int from = in.position();
      boolean same = in.readVarint() == key.charAt(0);
      int digest = in.position();
      in.skip(DIGEST);
      byte[] value = in.readBlob();
      for (int i = 0; same && i < DIGEST; i++) {
        same = cell[digest + i] == (byte) key.charAt(i + 1);
      }
      if (same) {
        found = new Place(from, in.position(), value, 0);
      }
      ids++;
    }
    return found == null
        ? new Place(cell.length, cell.length, null, ids)
        : new Place(found.from, found.to, found.value, ids);
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return Boolean.TRUE.equals(cells.isEmpty().read());
  }

  /** Hands over all ids and their values. */
  void forEach(BiConsumer<String, byte[]> sink) {
    all().forEach((cell, bytes) -> read(bytes).forEach(e -> sink.accept(e.key, e.value)));
  }

  /** Lets go of all ids but some. */
  void retain(BiPredicate<String, byte[]> kept) {
    long left = 0;
    for (var cell : all().entrySet()) {
      List<Entry> entries = read(cell.getValue());
      int before = entries.size();
      entries.removeIf(entry -> !kept.test(entry.key, entry.value));
      left += entries.size();
      if (entries.isEmpty()) {
        cells.remove(cell.getKey());
      } else if (entries.size() < before) {
        cells.put(cell.getKey(), write(entries));
      }
    }
    int depth = depth();
    int enough = depth;
    while (enough > 0 && left * 4 <= (long) MOST << enough) {
      enough--;
    }
    if (left == 0) {
      cells.remove(DEPTH);
    } else if (enough < depth) {
      spread(enough);
    }
  }

  /** Spreads all ids over as many cells as a depth has. */
  private void spread(int depth) {
    Map<Integer, List<Entry>> spread = new HashMap<>();
    Map<Integer, byte[]> before = all();
    before.forEach(
        (cell, bytes) -> {
          for (Entry entry : read(bytes)) {
            spread.computeIfAbsent(cellOf(entry.key, depth), c -> new ArrayList<>()).add(entry);
          }
        });
    before.keySet().stream().filter(cell -> !spread.containsKey(cell)).forEach(cells::remove);
    spread.forEach((cell, entries) -> cells.put(cell, write(entries)));
    cells.put(DEPTH, new byte[] {(byte) depth});
  }

  private int depth() {
    byte[] depth = cells.get(DEPTH).read();
    return depth == null ? 0 : depth[0];
  }

  /** All cells but the depth's, apart from the state: that is changed meanwhile. */
  private Map<Integer, byte[]> all() {
    Map<Integer, byte[]> all = new HashMap<>();
    for (var cell : cells.entries().read()) {
      if (cell.getKey() != DEPTH) {
        all.put(cell.getKey(), cell.getValue());
      }
    }
    return all;
  }

  /** The cell of an id: the first bits of its digest. */
  private static int cellOf(String key, int depth) {
    int bits = (key.charAt(1) << 16) | (key.charAt(2) << 8) | key.charAt(3);
    return bits >>> (24 - depth);
  }

  private static List<Entry> read(byte @Nullable [] bytes) {
    List<Entry> entries = new ArrayList<>();
    if (bytes != null) {
      ByteReader in = new ByteReader(bytes);
      while (in.remaining() > 0) {
        char source = (char) in.readVarint();
        String digest = new String(in.readBytes(DIGEST), StandardCharsets.ISO_8859_1);
        entries.add(new Entry(source + digest, in.readBlob()));
      }
    }
    return entries;
  }

  private static byte[] write(List<Entry> entries) {
    ByteWriter out = new ByteWriter();
    entries.forEach(entry -> write(entry.key, entry.value, out));
    return out.toByteArray();
  }

  private static void write(String key, byte[] value, ByteWriter out) {
    out.writeVarint(key.charAt(0));
    for (int i = 1; i <= DIGEST; i++) {
      out.writeByte(key.charAt(i));
    }
    out.writeBlob(value);
  }
}
