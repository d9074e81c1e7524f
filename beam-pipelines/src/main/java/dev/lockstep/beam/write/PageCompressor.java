package dev.lockstep.beam.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.xerial.snappy.Snappy;

/**
 * Snappy over whole pages, with buffers outside of the heap: on the heap, the garbage collector
 * would have to wait for each page.
 */
final class PageCompressor {
  private static final int SAMPLE_BYTES = 1 << 15;

  private ByteBuffer raw = ByteBuffer.allocateDirect(0);
  private ByteBuffer packed = ByteBuffer.allocateDirect(0);
  private byte[] result = new byte[0];
  private int size;

  /** Whether a page becomes a tenth smaller or more, by its beginning. */
  boolean isWorthIt(PageBytes page) throws IOException {
    int sample = Math.min(SAMPLE_BYTES, page.size());
    compress(page, sample);
    return size < sample / 10 * 9;
  }

  /** Compresses a page; the result is good until the next. */
  BytesInput compress(PageBytes page) throws IOException {
    compress(page, page.size());
    packed.get(0, result, 0, size);
    return BytesInput.from(result, 0, size);
  }

  private void compress(PageBytes page, int length) throws IOException {
    if (raw.capacity() < length) {
      raw = ByteBuffer.allocateDirect(Math.max(length, 1 << 16));
      packed = ByteBuffer.allocateDirect(Snappy.maxCompressedLength(raw.capacity()));
      result = new byte[packed.capacity()];
    }
    raw.clear();
    raw.put(page.array(), 0, length).flip();
    packed.clear();
    size = Snappy.compress(raw, packed);
  }
}
