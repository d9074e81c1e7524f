package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Writes the column chunks of row groups into a file, one after another: levels and values of a
 * page are encoded in bulk and compressed as one.
 */
final class ColumnChunkWriter {
  /** The most rows of a page: what is touched for one then stays in a core's own cache. */
  static final int PAGE_ROWS = 1 << 15;

  /** The size that a page of long texts has at most, but for one text that is longer. */
  static final int PAGE_BYTES = 1 << 20;

  private final ParquetFileWriter file;
  private final PageScratch scratch = new PageScratch();
  private final DefinitionLevels levels = new DefinitionLevels(PAGE_ROWS);
  private final PageBytes page = new PageBytes();
  private final PageCompressor compressor = new PageCompressor();

  ColumnChunkWriter(ParquetFileWriter file) {
    this.file = file;
  }

  /**
   * Writes the first rows of a column, at least one.
   *
   * @param unique whether values hardly repeat, so that no dictionary is tried
   * @throws IllegalArgumentException if a required column holds a null, or doubles a NaN
   */
  void write(ColumnDescriptor descriptor, ColumnVector column, int rows, boolean unique)
      throws IOException {
    boolean nullable = descriptor.getMaxDefinitionLevel() > 0;
    if (!nullable && column.nulls(0, rows) > 0) {
      throw new IllegalArgumentException(
          "column [" + String.join(".", descriptor.getPath()) + "] must not hold a null");
    }
    ValueEncoder encoder = encoder(descriptor.getPrimitiveType(), column, rows, unique);
    CompressionCodecName codec = null;
    if (encoder instanceof ValueDictionary dictionary) {
      codec = CompressionCodecName.SNAPPY;
      file.startColumn(descriptor, rows, codec);
      writeDictionary(dictionary);
    }
    for (int from = 0; from < rows; ) {
      int to = encoder.pageEnd(column, from, rows);
      int nulls = column.nulls(from, to);
      page.clear();
      if (nullable) {
        levels.write(column, from, to, nulls, page);
      }
      Statistics<?> statistics = encoder.encode(column, from, to, page).withNumNulls(nulls).build();
      if (codec == null) {
        codec = codec();
        file.startColumn(descriptor, rows, codec);
      }
      file.writeDataPage(
          to - from,
          page.size(),
          body(codec),
          statistics,
          to - from,
          Encoding.BIT_PACKED, // of the repetition levels, which take no bits
          nullable ? Encoding.RLE : Encoding.BIT_PACKED,
          encoder.encoding());
      from = to;
    }
    file.endColumn();
  }

  private ValueEncoder encoder(PrimitiveType type, ColumnVector column, int rows, boolean unique) {
    ValueEncoder dictionary =
        switch (column.type()) {
          case LONG -> LongDictionary.of(type, column, rows, scratch);
          case STRING -> unique ? null : TextDictionary.of(type, column, rows, scratch);
          default -> null;
        };
    if (dictionary != null) {
      return dictionary;
    }
    return switch (column.type()) {
      case LONG, INSTANT, DOUBLE -> new PlainNumbers(type, scratch);
      case DECIMAL -> new PlainDecimals(type, scratch);
      case BOOLEAN -> new PlainBooleans(type, scratch);
      case STRING -> new PlainText(type, scratch);
    };
  }

  private void writeDictionary(ValueDictionary dictionary) throws IOException {
    page.clear();
    dictionary.encodeValues(page);
    file.writeDictionaryPage(
        new DictionaryPage(
            body(CompressionCodecName.SNAPPY), page.size(), dictionary.size(), Encoding.PLAIN));
  }

  /** What the first page says of a chunk: averages and the like hardly become smaller. */
  private CompressionCodecName codec() throws IOException {
    return compressor.isWorthIt(page)
        ? CompressionCodecName.SNAPPY
        : CompressionCodecName.UNCOMPRESSED;
  }

  private BytesInput body(CompressionCodecName codec) throws IOException {
    return codec == CompressionCodecName.UNCOMPRESSED
        ? BytesInput.from(page.array(), 0, page.size())
        : compressor.compress(page);
  }
}
