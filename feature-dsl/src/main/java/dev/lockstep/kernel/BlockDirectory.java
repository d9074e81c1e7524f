package dev.lockstep.kernel;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sealed blocks that a state was last written as, in the window's order, and which of them the
 * state has changed in since.
 *
 * <p>A block holds the rows before its end that are not before the end of the block before it; the
 * first block has no beginning, and what is behind the last block's end is the tail. Where a block
 * is untouched, the state holds the rows it was written with, or, of the first, the last of them.
 *
 * <pre>
 * revision              varint: writes so far
 * next id               varint
 * forgotten             varint: how many rows of the first block the state holds no longer
 * blocks m              varint
 * each block:
 *   id                  varint
 *   end                 event time less that of the end before, availability less the event time,
 *                       sequence less that of the end before: zigzag varints
 *   rows                varint
 *   checksum            varint, CRC-32C of the block's bytes
 * </pre>
 */
final class BlockDirectory {
  private static final int LEAST_BLOCK_BYTES = 6;

  /** One sealed block. */
  static final class Block {
    final long id;
    final Place end;
    final int rows;
    final long checksum;

    /** How many bytes it takes; 0 until it is known. */
    int size;

    /** Whether rows of its places came or went since it was written. */
    boolean isTouched;

    /**
     * A block as written.
     *
     * @param end behind its last place
     * @param rows in its bytes
     */
    Block(long id, Place end, int rows, long checksum) {
      this.id = id;
      this.end = end;
      this.rows = rows;
      this.checksum = checksum;
    }
  }

  private List<Block> blocks = new ArrayList<>();
  private long revision;
  private long nextId;
  private int forgotten;
  private boolean touched;
  private byte @Nullable [] entries;

  /** The blocks, in the window's order. */
  List<Block> blocks() {
    return blocks;
  }

  /** Whether rows of any block's places came or went since it was written. */
  boolean isTouched() {
    return touched;
  }

  void add(Block block) {
    blocks.add(block);
    entries = null;
  }

  void replace(List<Block> newBlocks) {
    blocks = newBlocks;
    entries = null;
  }

  /** The end of the last block: the tail is what is not before it. Null where there is none. */
  @Nullable Place tailBegin() {
    return blocks.isEmpty() ? null : blocks.get(blocks.size() - 1).end;
  }

  long newId() {
    return nextId++;
  }

  /** How many rows of the first block the state held no longer when it was written. */
  int forgotten() {
    return forgotten;
  }

  /** Takes note that rows of places {@code [first, last]} came or went. */
  void touch(Place first, Place last) {
    for (int i = firstEndingAfter(first); i < blocks.size(); i++) {
      blocks.get(i).isTouched = true;
      touched = true;
      if (last.compareTo(blocks.get(i).end) < 0) {
        return;
      }
    }
  }

  private int firstEndingAfter(Place place) {
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).end.compareTo(place) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Writes this as a revision of its own. */
  void write(int forgottenOfFirst, ByteWriter out) {
    forgotten = forgottenOfFirst;
    revision++;
    touched = false;
    out.writeVarint(revision);
    out.writeVarint(nextId);
    out.writeVarint(forgotten);
    if (entries == null) {
      entries = entries();
    }
    out.writeBytes(entries);
  }

  private byte[] entries() {
    ByteWriter out = new ByteWriter(8 + blocks.size() * 24);
    out.writeVarint(blocks.size());
    Place before = new Place(0, 0, 0);
    for (Block block : blocks) {
      out.writeVarint(block.id);
      out.writeSigned(block.end.eventTimeMicros() - before.eventTimeMicros());
      out.writeSigned(block.end.availableAtMicros() - block.end.eventTimeMicros());
      out.writeSigned(block.end.sequence() - before.sequence());
      out.writeVarint(block.rows);
      out.writeVarint(block.checksum);
      before = block.end;
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws WireException if the bytes are no directory
   */
  static BlockDirectory read(ByteReader in) {
    BlockDirectory directory = new BlockDirectory();
    directory.revision = in.readVarint();
    directory.nextId = in.readVarint();
    long forgotten = in.readVarint();
    int count = in.readCount(LEAST_BLOCK_BYTES);
    Place before = new Place(0, 0, 0);
    for (int i = 0; i < count; i++) {
      long id = in.readVarint();
      long time = before.eventTimeMicros() + in.readSigned();
      Place end = new Place(time, time + in.readSigned(), before.sequence() + in.readSigned());
      long rows = in.readVarint();
      if (i > 0 && end.compareTo(before) <= 0) {
        throw new WireException("block " + id + " of a state ends before the one it follows");
      }
      if (rows <= 0 || rows > Integer.MAX_VALUE || id < 0 || id >= directory.nextId) {
        throw new WireException("block " + id + " of a state, of " + rows + " rows");
      }
      directory.blocks.add(new Block(id, end, (int) rows, in.readVarint()));
      before = end;
    }
    if (forgotten < 0 || forgotten >= (count == 0 ? 1 : directory.blocks.get(0).rows)) {
      throw new WireException(forgotten + " rows forgotten of a state's first block of fewer");
    }
    directory.forgotten = (int) forgotten;
    return directory;
  }
}
