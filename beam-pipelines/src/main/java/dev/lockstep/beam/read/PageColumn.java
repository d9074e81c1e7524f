package dev.lockstep.beam.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.RequiresPreviousReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** One column of a row group, read page by page; pages know nothing of chunks. */
final class PageColumn {
  private final HistoryColumn column;
  private final ColumnDescriptor descriptor;
  private final PageReader pages;
  private final @Nullable String createdBy;
  private final boolean optional;
  private final int[] scratch;
  private @Nullable ColumnBuffer dictionary;
  private boolean dictionaryRead;

  /** Of the page at hand: its rows left, which are null (null for none), and the values. */
  private int left;

  private @Nullable RunLengths levels;
  private @Nullable PageValues values;

  /**
   * @param createdBy who wrote the file: one writer's pages go on from one another
   * @param chunkRows the most rows asked for at once
   */
  PageColumn(
      HistoryColumn column,
      ColumnDescriptor descriptor,
      PageReader pages,
      @Nullable String createdBy,
      int chunkRows) {
    this.column = column;
    this.descriptor = descriptor;
    this.pages = pages;
    this.createdBy = createdBy;
    this.optional = column.inFile().isRepetition(Type.Repetition.OPTIONAL);
    this.scratch = new int[Math.max(chunkRows, Long.SIZE)];
  }

  /**
   * Takes the next rows.
   *
   * @throws RuntimeException of many kinds, if the column is damaged
   */
  void fill(ColumnBuffer into, int rows) {
    into.begin();
    for (int at = 0; at < rows; ) {
      PageValues page = page();
      int taken = Math.min(left, rows - at);
      int defined = taken;
      if (levels == null) {
        Arrays.fill(into.present(), at, at + taken, true);
      } else {
        defined = levels.readLevels(into.present(), at, taken, scratch);
      }
      page.read(into, at, defined);
      into.spread(at, taken, defined);
      left -= taken;
      at += taken;
    }
  }

  /** The values of the page at hand, or of the next one if that is used up. */
  private PageValues page() {
    while (left == 0 || values == null) {
      DataPage page = pages.readPage();
      if (page == null) {
        throw new ParquetDecodingException("its pages have fewer rows than its row group");
      }
      left = page.getValueCount();
      try {
        values = page instanceof DataPageV1 v1 ? begin(v1) : begin((DataPageV2) page);
      } catch (IOException e) {
        throw new ParquetDecodingException("a page can't be decompressed", e);
      }
    }
    return values;
  }

  private PageValues begin(DataPageV1 page) throws IOException {
    ByteBuffer bytes = onHeap(page.getBytes());
    levels = null;
    if (optional && page.getDlEncoding() == Encoding.RLE) {
      int length = bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        throw new ParquetDecodingException("definition levels of " + length + " bytes");
      }
      levels = new RunLengths(bytes.slice(bytes.position(), length), 1);
      bytes.position(bytes.position() + length);
    } else if (optional) {
      levels = RunLengths.ofBitPackedLevels(bytes, page.getValueCount());
    }
    return values(page.getValueEncoding(), rest(bytes), page.getValueCount());
  }

  private PageValues begin(DataPageV2 page) throws IOException {
    levels = optional ? new RunLengths(onHeap(page.getDefinitionLevels()), 1) : null;
    return values(page.getDataEncoding(), onHeap(page.getData()), page.getValueCount());
  }

  private PageValues values(Encoding encoding, ByteBuffer bytes, int valueCount) {
    if (encoding.usesDictionary()) {
      // A page of nulls has no ids, and no width of them.
      int width = bytes.hasRemaining() ? bytes.get() & 0xFF : 0;
      return new PageValues.Looked(dictionary(), new RunLengths(bytes, width), scratch);
    }
    return encoding == Encoding.PLAIN
        ? plain(bytes, valueCount)
        : decoded(encoding, bytes, valueCount);
  }

  private PageValues plain(ByteBuffer bytes, int valueCount) {
    PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
    return switch (type) {
      case INT64, DOUBLE -> new PageValues.PlainLongs(bytes);
      case INT32, FLOAT ->
          new PageValues.PlainInts(bytes, type == PrimitiveTypeName.FLOAT, scratch);
      case BINARY -> new PageValues.PlainBytes(bytes);
      default -> decoded(Encoding.PLAIN, bytes, valueCount);
    };
  }

  private PageValues.Decoded decoded(Encoding encoding, ByteBuffer bytes, int valueCount) {
    ValuesReader reader = encoding.getValuesReader(descriptor, ValuesType.VALUES);
    try {
      reader.initFromPage(valueCount, ByteBufferInputStream.wrap(bytes));
    } catch (IOException e) {
      throw new ParquetDecodingException("a page ends early", e);
    }
    if (reader instanceof RequiresPreviousReader following
        && values instanceof PageValues.Decoded previous
        && CorruptDeltaByteArrays.requiresSequentialReads(createdBy, encoding)) {
      following.setPreviousReader(previous.values());
    }
    return new PageValues.Decoded(reader, descriptor.getPrimitiveType().getPrimitiveTypeName());
  }

  /** The column's dictionary, decoded once. */
  private ColumnBuffer dictionary() {
    if (!dictionaryRead) {
      DictionaryPage page = pages.readDictionaryPage();
      dictionary = page == null ? null : decode(page);
      dictionaryRead = true;
    }
    if (dictionary == null) {
      throw new ParquetDecodingException("its dictionary is missing");
    }
    return dictionary;
  }

  private ColumnBuffer decode(DictionaryPage page) {
    try {
      ByteBuffer bytes = onHeap(page.getBytes());
      int size = page.getDictionarySize();
      if (size < 0 || size > bytes.remaining()) {
        throw new ParquetDecodingException(
            "a dictionary of " + size + " values in " + bytes.remaining() + " bytes");
      }
      ColumnBuffer decoded = new ColumnBuffer(column, size);
      int[] ints = new int[size];
      PageValues plain = plain(bytes, size);
      (plain instanceof PageValues.PlainInts some
              ? new PageValues.PlainInts(some.bytes(), some.floats(), ints)
              : plain)
          .read(decoded, 0, size);
      return decoded;
    } catch (IOException e) {
      throw new ParquetDecodingException("its dictionary can't be decompressed", e);
    }
  }

  /** The bytes as a buffer with an array, lowest byte first. */
  private static ByteBuffer onHeap(BytesInput bytes) throws IOException {
    ByteBuffer buffer = bytes.toByteBuffer();
    return rest(buffer.hasArray() ? buffer : ByteBuffer.wrap(bytes.toByteArray()));
  }

  private static ByteBuffer rest(ByteBuffer buffer) {
    return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
