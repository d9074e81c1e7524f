package dev.lockstep.kernel;

import dev.lockstep.kernel.BlockDirectory.Block;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an {@link EntityState} as a header and sealed blocks: where it is written after each
 * row, so that a row costs its neighbours and not all that the entity did before.
 *
 * <pre>
 * header:   head        {@link StateHead}, version 2
 *           directory   {@link BlockDirectory}
 *           tail        {@link RowsCodec}: the rows behind the last block
 * block:    version     one byte, 1
 *           rows        {@link RowsCodec}
 * </pre>
 *
 * <p>When the tail has grown long, its oldest rows are sealed into a block. A block is written
 * again only when a row comes or goes in its places, which late events and retractions do, and
 * deleted once nothing of it is held. Headers with the same bytes are of the same state: each write
 * is a revision of its own, and the directory has the blocks' checksums.
 *
 * <p>Rows of one place are never parted. What is read equals what was written, to the bytes of
 * {@link EntityStateCodec}.
 */
public final class BlockedStateCodec {
  private static final int HEADER_VERSION = 2;
  private static final int BLOCK_VERSION = 1;
  private static final String FORM = "state header";
  private static final String BLOCK = "state block";
  private static final int BLOCK_ROWS = 128;

  private final ViewPlan view;
  private final StateHead head;
  private final int blockRows;

  public BlockedStateCodec(ViewPlan view) {
    this(view, BLOCK_ROWS);
  }

  /**
   * With another size of blocks; what one size wrote, any other reads.
   *
   * @param blockRows how many rows are sealed at once, ties apart; at least 2
   * @throws IllegalArgumentException if it is less
   */
  public BlockedStateCodec(ViewPlan view, int blockRows) {
    if (blockRows < 2) {
      throw new IllegalArgumentException("blocks of " + blockRows + " rows; at least 2");
    }
    this.view = view;
    this.head = new StateHead(view, FORM, HEADER_VERSION);
    this.blockRows = blockRows;
  }

  /** Where the blocks of one state are. */
  public interface Blocks {
    /** The bytes of a block, not to be changed any more; null if there is none of that id. */
    byte @Nullable [] get(long id);
  }

  /**
   * Writes what has changed since the state was last written so, or read: where it was neither, all
   * of it.
   *
   * <p>The state takes this write to be done; one that fails must be followed by reading it again.
   */
  public BlockWrite write(EntityState state) {
    BlockDirectory directory = state.blocks();
    if (directory == null) {
      directory = new BlockDirectory();
      state.inBlocks(directory);
    }
    Map<Long, byte[]> put = new HashMap<>();
    List<Long> deleted = new ArrayList<>();
    dropForgotten(state, directory, deleted);
    rewriteTouched(state, directory, put, deleted);
    RowRange tail = seal(RowRange.of(state, directory.tailBegin(), null), directory, put);
    ByteWriter header = new ByteWriter(64 + directory.blocks().size() * 24 + tail.size() * 24);
    head.write(state, header);
    directory.write(forgottenOfFirst(state, directory), header);
    RowsCodec.write(tail, header);
    return new BlockWrite(header.toByteArray(), put, deleted);
  }

  private static void dropForgotten(
      EntityState state, BlockDirectory directory, List<Long> deleted) {
    int gone = 0;
    List<Block> blocks = directory.blocks();
    while (gone < blocks.size() && RowRange.countBefore(state, blocks.get(gone).end) == 0) {
      deleted.add(blocks.get(gone++).id);
    }
    if (gone > 0) {
      directory.replace(new ArrayList<>(blocks.subList(gone, blocks.size())));
    }
  }

  private void rewriteTouched(
      EntityState state, BlockDirectory directory, Map<Long, byte[]> put, List<Long> deleted) {
    if (!directory.isTouched()) {
      return;
    }
    List<Block> blocks = new ArrayList<>();
    Place begin = null;
    for (Block block : directory.blocks()) {
      if (!block.isTouched) {
        blocks.add(block);
      } else {
        RowRange rows = RowRange.of(state, begin, block.end);
        if (rows.size() == 0) {
          deleted.add(block.id);
        } else {
          rewrite(rows, block, directory, blocks, put);
        }
      }
      begin = block.end;
    }
    directory.replace(blocks);
  }

  /** Writes a block's rows again: into several blocks, where they have become too many. */
  private void rewrite(
      RowRange allRows,
      Block block,
      BlockDirectory directory,
      List<Block> blocks,
      Map<Long, byte[]> put) {
    RowRange rows = allRows;
    while (rows.size() > 2 * blockRows) {
      int end = rows.endOfFirst(blockRows);
      if (end == rows.end()) {
        break;
      }
      blocks.add(block(directory.newId(), rows.until(end), rows.log().place(end), put));
      rows = rows.from(end);
    }
    blocks.add(block(block.id, rows, block.end, put));
  }

  /** Seals the oldest rows of the tail as long as it is long; what is left is the tail. */
  private RowRange seal(RowRange rows, BlockDirectory directory, Map<Long, byte[]> put) {
    RowRange tail = rows;
    while (tail.size() > blockRows + blockRows / 2) {
      int end = tail.endOfFirst(blockRows);
      if (end == tail.end()) {
        return tail;
      }
      directory.add(block(directory.newId(), tail.until(end), tail.log().place(end), put));
      tail = tail.from(end);
    }
    return tail;
  }

  private static Block block(long id, RowRange rows, Place end, Map<Long, byte[]> put) {
    ByteWriter out = new ByteWriter(16 + rows.size() * 24);
    out.writeByte(BLOCK_VERSION);
    RowsCodec.write(rows, out);
    byte[] bytes = out.toByteArray();
    put.put(id, bytes);
    Block block = new Block(id, end, rows.size(), checksum(bytes));
    block.size = bytes.length;
    return block;
  }

  private static int forgottenOfFirst(EntityState state, BlockDirectory directory) {
    if (directory.blocks().isEmpty()) {
      return 0;
    }
    Block first = directory.blocks().get(0);
    return first.rows - RowRange.countBefore(state, first.end);
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  /**
   * The state that was written so.
   *
   * @throws WireException if the header is of another version or view, or no such bytes at all, or
   *     a block is missing or isn't the one that was written
   */
  public EntityState read(byte[] header, Blocks blocks) {
    ByteReader in = new ByteReader(header);
    EntityState state = head.read(in);
    BlockDirectory directory = BlockDirectory.read(in);
    EventLog events = state.pending.events;
    for (Block block : directory.blocks()) {
      readBlock(block, blocks.get(block.id), events);
    }
    RowsCodec.read(events, in);
    in.requireEnd("state header of view " + view.name());
    requireEnds(directory, events);
    if (directory.forgotten() > 0) {
      events.remove(0, directory.forgotten());
    }
    state.pending.appendedAll();
    state.inBlocks(directory);
    return state;
  }

  private void readBlock(Block block, byte @Nullable [] bytes, EventLog into) {
    String name = "block " + block.id + " of a state of view " + view.name();
    if (bytes == null) {
      throw new WireException(name + " is missing");
    }
    if (checksum(bytes) != block.checksum) {
      throw new WireException(name + " isn't the one that the header tells of");
    }
    ByteReader in = new ByteReader(bytes);
    StateHead.requireVersion(in.readByte(), BLOCK, BLOCK_VERSION);
    int rows = RowsCodec.read(into, in);
    if (rows != block.rows || in.remaining() > 0) {
      throw new WireException(name + " holds not the " + block.rows + " rows it should");
    }
    block.size = bytes.length;
  }

  private void requireEnds(BlockDirectory directory, EventLog events) {
    int end = 0;
    for (Block block : directory.blocks()) {
      end += block.rows;
      if (events.firstAtOrAfter(block.end) != end) {
        throw new WireException(
            "block " + block.id + " of a state of view " + view.name() + " ends elsewhere");
      }
    }
  }

  /** About how many bytes the blocks of a state take, as it was last written or read. */
  public static long sizeOfBlocks(EntityState state) {
    long size = 0;
    for (Block block : Objects.requireNonNull(state.blocks()).blocks()) {
      size += block.size;
    }
    return size;
  }
}
