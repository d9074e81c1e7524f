package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which rows of a page hold a value, as Parquet puts it before the values of a nullable column: one
 * bit a row in {@link RunLengths} form, behind a length of four bytes. One run where nothing is
 * null.
 */
final class DefinitionLevels {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ALL = 0x0101_0101_0101_0101L;

  /** Eight bytes of 0 or 1 times this have their bits side by side in the highest byte. */
  private static final long GATHER = 0x0102_0408_1020_4080L;

  private static final int MAX_GROUPS = 63;

  /** Groups of eight equal rows in a row from which on a run is worth its own header. */
  private static final int MIN_RUN_GROUPS = 4;

  private final byte[] present;

  /**
   * @param pageRows the most rows of a page
   */
  DefinitionLevels(int pageRows) {
    this.present = new byte[(pageRows + 7) / 8 * 8];
  }

  /** Appends the levels of the rows {@code [from, to)}, of which so many are null. */
  void write(ColumnVector column, int from, int to, int nulls, PageBytes out) {
    int length = out.size();
    out.putInt(0);
    int rows = to - from;
    if (nulls == 0 || nulls == rows) {
      run(rows, nulls == 0 ? 1 : 0, out);
    } else {
      column.copyPresence(from, to, present);
      Arrays.fill(present, rows, (rows + 7) / 8 * 8, (byte) 0);
      hybrid(rows, out);
    }
    out.setInt(length, out.size() - length - Integer.BYTES);
  }

  private void hybrid(int rows, PageBytes out) {
    int groups = (rows + 7) / 8;
    int whole = rows / 8;
    int header = 0;
    int packed = 0;
    for (int g = 0; g < groups; ) {
      long eight = eight(g);
      int same = eight == 0 || eight == ALL ? sameGroups(g, whole) : 0;
      if (same >= MIN_RUN_GROUPS) {
        packed = 0;
        run(same * 8, eight == 0 ? 0 : 1, out);
        g += same;
        continue;
      }
      if (packed == 0 || packed == MAX_GROUPS) {
        packed = 0;
        header = out.size();
        out.putByte(0);
      }
      out.putByte((int) ((eight * GATHER) >>> 56));
      packed++;
      out.setByte(header, packed << 1 | 1);
      g++;
    }
  }

  private int sameGroups(int from, int whole) {
    int g = from;
    long first = eight(from);
    while (g < whole && eight(g) == first) {
      g++;
    }
    return g - from;
  }

  private long eight(int group) {
    return (long) LONGS.get(present, group * 8);
  }

  private static void run(int rows, int level, PageBytes out) {
    out.putVarint(rows << 1);
    out.putByte(level);
  }
}
