package dev.lockstep.beam.batch;

import dev.lockstep.wire.ByteWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Growing blocks of bytes by number: a block is handed on once it is full, because an element costs
 * more than a row, and no record may outgrow a sorter's buffer.
 *
 * <p>When and in which order blocks are handed on depends on the rows alone, so that a retried
 * bundle repeats them.
 */
final class BlockBuffers {
  /** Blocks are handed on from this size on; a row beyond it makes a block of its own size. */
  static final int BLOCK_BYTES = 56 << 10;

  /** All open blocks are handed on when they hold this much together. */
  private static final int OPEN_BYTES = 32 << 20;

  /** Takes full blocks. */
  interface Sink {
    void block(long number, byte[] bytes);
  }

  /** One open block; whoever writes may keep one number to write the next ones relative to. */
  static final class Block {
    final ByteWriter bytes = new ByteWriter(1 << 10);
    private long last;
    private int counted;

    /** Writes the range of a row, relative to the one written before. */
    void writeRange(long range) {
      bytes.writeSigned(range - last);
      last = range;
    }
  }

  /** Numbers below this are looked up in an array: shards, and ranges of files. */
  private static final int DENSE = 1 << 16;

  private final int firstByte;
  private @Nullable Block[] dense = new @Nullable Block[64];

  /** The open blocks of other numbers: ranges that are named by a number drawn. */
  private final Map<Long, Block> open = new HashMap<>();

  private int openBytes;

  /** Blocks without a kind. */
  BlockBuffers() {
    this(-1);
  }

  /** Blocks that begin with a byte saying their kind. */
  BlockBuffers(int kind) {
    this.firstByte = kind;
  }

  /** The open block of a number; what is written must be followed by {@link #wrote}. */
  Block block(long number) {
    Block block = number >= 0 && number < DENSE ? ofDense((int) number) : ofOpen(number);
    if (block.bytes.size() == 0 && firstByte >= 0) {
      block.bytes.writeByte(firstByte);
    }
    return block;
  }

  private Block ofDense(int number) {
    if (number >= dense.length) {
      dense = Arrays.copyOf(dense, Math.max(number + 1, dense.length * 2));
    }
    Block block = dense[number];
    if (block == null) {
      block = new Block();
      dense[number] = block;
    }
    return block;
  }

  private Block ofOpen(long number) {
    return open.computeIfAbsent(number, n -> new Block());
  }

  /** Takes note that a row was written to a block, and hands it on if it is full. */
  void wrote(long number, Block block, Sink sink) {
    int size = block.bytes.size();
    openBytes += size - block.counted;
    block.counted = size;
    if (size >= BLOCK_BYTES) {
      handOn(number, block, sink);
    } else if (openBytes >= OPEN_BYTES) {
      flush(sink);
    }
  }

  /** Hands on all that is left. */
  void flush(Sink sink) {
    for (int number = 0; number < dense.length; number++) {
      Block block = dense[number];
      if (block != null) {
        handOn(number, block, sink);
      }
    }
    new TreeMap<>(open).forEach((number, block) -> handOn(number, block, sink));
    open.clear();
    openBytes = 0;
  }

  private void handOn(long number, Block block, Sink sink) {
    if (block.bytes.size() > (firstByte >= 0 ? 1 : 0)) {
      sink.block(number, block.bytes.toByteArray());
    }
    openBytes -= block.counted;
    block.bytes.clear();
    block.counted = 0;
    block.last = 0;
  }
}
