package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * How the values of a column chunk become bytes of its pages. One at a time encodes one chunk, its
 * pages in order; it keeps its buffers for the next.
 */
interface ValueEncoder {
  /** How the values lie in a data page. */
  Encoding encoding();

  /** The row at which the page that begins at {@code from} ends, at most {@code to}. */
  default int pageEnd(ColumnVector column, int from, int to) {
    return Math.min(to, from + ColumnChunkWriter.PAGE_ROWS);
  }

  /**
   * Appends those values of the rows {@code [from, to)} that aren't null.
   *
   * @return least and greatest of them in Parquet's order, without a count of nulls
   */
  Statistics.Builder encode(ColumnVector column, int from, int to, PageBytes out);
}
