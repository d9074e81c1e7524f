package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** The distinct texts of a column chunk, such as keys and categories, in order of appearance. */
final class TextDictionary implements ValueDictionary {
  private static final int MAX_SIZE = 1 << 17;
  private static final int MAX_BYTES = 1 << 22;

  /** Texts that collide that often are made to: plain pages don't mind. */
  private static final int MAX_PROBES = 256;

  private final PrimitiveType type;
  private final PageScratch scratch;
  private final PageBytes texts = new PageBytes();
  private int[] slots = new int[1 << 10]; // number + 1 of the text of a hash, or 0
  private String[] values = new String[1 << 8];
  private int[] places = new int[1 << 8]; // of the texts in their bytes
  private int size;

  /** The numbers of all values of the chunk, a page's behind another's. */
  private int[] ids;

  private int count;
  private int taken;

  private TextDictionary(PrimitiveType type, PageScratch scratch, int rows) {
    this.type = type;
    this.scratch = scratch;
    this.ids = new int[Math.min(rows, ColumnChunkWriter.PAGE_ROWS)];
  }

  /** The dictionary of a column chunk, or null where it wouldn't pay. */
  static @Nullable TextDictionary of(
      PrimitiveType type, ColumnVector column, int rows, PageScratch scratch) {
    TextDictionary dictionary = new TextDictionary(type, scratch, rows);
    long plain = 0;
    for (int from = 0; from < rows; from += ColumnChunkWriter.PAGE_ROWS) {
      int to = Math.min(rows, from + ColumnChunkWriter.PAGE_ROWS);
      int held = column.copyPresentStrings(from, to, scratch.strings);
      dictionary.makeRoom(held, rows);
      for (int i = 0; i < held; i++) {
        String text = scratch.text(i);
        plain += text.length() + Integer.BYTES;
        if (!dictionary.add(text)) {
          return null;
        }
      }
      if (dictionary.size > dictionary.count / 8 * 7 + 64) {
        return null;
      }
    }
    long packed =
        dictionary.texts.size() + (long) dictionary.count * RunLengths.width(dictionary.size) / 8;
    return dictionary.count > 0 && packed < plain / 4 * 3 ? dictionary : null;
  }

  private void makeRoom(int more, int rows) {
    if (count + more > ids.length) {
      ids = Arrays.copyOf(ids, (int) Math.min(rows, Math.max(count + more, 2L * ids.length)));
    }
  }

  private boolean add(String text) {
    int mask = slots.length - 1;
    int slot = mix(text) & mask;
    for (int probes = 0; slots[slot] != 0; probes++) {
      int id = slots[slot] - 1;
      if (values[id].equals(text)) {
        ids[count++] = id;
        return true;
      }
      if (probes == MAX_PROBES) {
        return false;
      }
      slot = slot + 1 & mask;
    }
    if (size == MAX_SIZE || texts.size() + text.length() > MAX_BYTES) {
      return false;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      places = Arrays.copyOf(places, 2 * size);
    }
    values[size] = text;
    places[size] = PlainText.put(text, texts);
    ids[count++] = size++;
    slots[slot] = size;
    if (size > slots.length / 2) {
      grow();
    }
    return true;
  }

  private void grow() {
    slots = new int[4 * slots.length];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = mix(values[id]) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = id + 1;
    }
  }

  private static int mix(String text) {
    int hash = text.hashCode() * 0x9E37_79B9; // Fibonacci hashing, Knuth, TAOCP 6.4
    return hash ^ hash >>> 15;
  }

  @Override
  public Encoding encoding() {
    return Encoding.RLE_DICTIONARY;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void encodeValues(PageBytes out) {
    out.putBytes(texts.array(), texts.size());
  }

  @Override
  public Statistics.Builder encode(ColumnVector column, int from, int to, PageBytes out) {
    int held = to - from - column.nulls(from, to);
    System.arraycopy(ids, taken, scratch.ids, 0, held);
    taken += held;
    int width = RunLengths.width(size - 1);
    out.putByte(width);
    RunLengths.write(scratch.ids, held, width, out);
    return held == 0 ? ColumnStatistics.none(type) : range(scratch.ids, held);
  }

  /** Least and greatest of a page's texts; each number is compared once. */
  private Statistics.Builder range(int[] page, int held) {
    boolean[] seen = new boolean[size];
    int min = page[0];
    int max = page[0];
    for (int i = 0; i < held; i++) {
      int id = page[i];
      if (!seen[id]) {
        seen[id] = true;
        min = PlainText.compare(texts, places[id], places[min]) < 0 ? id : min;
        max = PlainText.compare(texts, places[id], places[max]) > 0 ? id : max;
      }
    }
    return ColumnStatistics.ofText(
        type, PlainText.text(texts, places[min]), PlainText.text(texts, places[max]));
  }
}
