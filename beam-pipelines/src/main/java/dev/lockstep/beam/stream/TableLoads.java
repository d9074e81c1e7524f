package dev.lockstep.beam.stream;

import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineWriter;
import dev.lockstep.store.StateMark;
import dev.lockstep.store.StateWrite;
import dev.lockstep.store.StoreKey;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.util.List;

/**
 * The numbers of the loads of a table from its whole history, which the online store keeps itself:
 * the generation of the cells that a load writes, so that a later load's versions count (C10).
 *
 * <pre>
 * the cell of a table: version    one byte, 1
 *                      load       varint: the number of the last load that began
 * </pre>
 */
public final class TableLoads {
  /** No view's and no table's: names have no point. */
  private static final String SPACE = "loads.tables";

  private static final int VERSION = 1;
  private static final int MOST_ATTEMPTS = 100;

  private TableLoads() {}

  /** The number of the last load; 0 where there was none. */
  public static long last(OnlineReader reader, String table) {
    byte[] bytes = reader.read(List.of(key(table))).toCompletableFuture().join().get(0);
    if (bytes == null) {
      return 0;
    }
    ByteReader in = new ByteReader(bytes);
    if (in.readByte() != VERSION) {
      throw new WireException(
          "the number of the last load of table " + table + " is of another version of Lockstep");
    }
    long load = in.readVarint();
    in.requireEnd("number of the last load of table " + table);
    return load;
  }

  /** Begins a load: takes the next number, which no other load has. */
  public static long begin(OnlineReader reader, OnlineWriter writer, String table) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      long load = last(reader, table) + 1;
      ByteWriter out = new ByteWriter();
      out.writeByte(VERSION);
      out.writeVarint(load);
      StateWrite write =
          new StateWrite(key(table), new StateMark(load, 0, 0, 0), out.toByteArray());
      // Guarded by the number: of loads that begin at once, one takes it.
      if (writer.write(List.of(write)).toCompletableFuture().join() == 1) {
        return load;
      }
    }
    throw new IllegalStateException(
        "no number for a load of table " + table + ": other loads took all that were tried");
  }

  private static StoreKey key(String table) {
    return new StoreKey(SPACE, table);
  }
}
