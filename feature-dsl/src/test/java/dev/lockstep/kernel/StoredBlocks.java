package dev.lockstep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.plan.ViewPlan;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Where one state's header and blocks are kept, as the stream's cells do, and what they cost. */
final class StoredBlocks {
  private final BlockedStateCodec codec;
  private final EntityStateCodec whole;
  private byte[] header = new byte[0];
  private final Map<Long, byte[]> blocks = new TreeMap<>();

  /** The bytes of the last write. */
  int lastWritten;

  /** How many blocks the last write put that were there before with other bytes. */
  int lastRewritten;

  /** How many it put that were there before with the same bytes. */
  int lastNeedlessly;

  /** How many writes sealed, rewrote, deleted. */
  int sealed;

  int rewritten;
  int deleted;

  StoredBlocks(ViewPlan view, int blockRows) {
    this.codec = new BlockedStateCodec(view, blockRows);
    this.whole = new EntityStateCodec(view);
  }

  /** Writes a state that was written here last, or read from here. */
  void write(EntityState state) {
    BlockWrite write = codec.write(state);
    assertFalse(Arrays.equals(header, write.header()), "two writes of one header");
    header = write.header();
    lastWritten = header.length;
    lastRewritten = 0;
    lastNeedlessly = 0;
    for (long id : write.deleted()) {
      assertTrue(blocks.remove(id) != null, "a block that isn't there is deleted: " + id);
      assertFalse(write.put().containsKey(id), "a block is deleted and put: " + id);
      deleted++;
    }
    write
        .put()
        .forEach(
            (id, bytes) -> {
              byte[] before = blocks.put(id, bytes);
              lastWritten += bytes.length;
              sealed += before == null ? 1 : 0;
              lastRewritten += before != null && !Arrays.equals(before, bytes) ? 1 : 0;
              lastNeedlessly += before != null && Arrays.equals(before, bytes) ? 1 : 0;
            });
    rewritten += lastRewritten;
  }

  EntityState read() {
    return codec.read(header, blocks::get);
  }

  /** Reads what was written and compares: C11. */
  void check(EntityState written, String where) {
    EntityState read = read();
    assertEquals(hex(written), hex(read), where);
    assertEquals(written.size(), read.size(), where);
    long bytes = blocks.values().stream().mapToLong(b -> b.length).sum();
    assertEquals(bytes, BlockedStateCodec.sizeOfBlocks(read), where);
    assertEquals(bytes, BlockedStateCodec.sizeOfBlocks(written), where);
  }

  private String hex(EntityState state) {
    return HexFormat.of().formatHex(whole.toBytes(state));
  }

  byte[] header() {
    return header;
  }

  Map<Long, byte[]> blocks() {
    return blocks;
  }
}
