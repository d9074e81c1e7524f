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
  private ByteBuffer raw = ByteBuffer.allocateDirect(0);
  private ByteBuffer packed = ByteBuffer.allocateDirect(0);
  private byte[] result = new byte[0];
  private int size;

  /** Compresses a page and returns how many bytes that gives. */
  int compress(PageBytes page) throws IOException {
    int length = page.size();
    if (raw.capacity() < length) {
      raw = ByteBuffer.allocateDirect(Math.max(length, 1 << 16));
      packed = ByteBuffer.allocateDirect(Snappy.maxCompressedLength(raw.capacity()));
      result = new byte[packed.capacity()];
    }
    raw.clear();
    raw.put(page.array(), 0, length).flip();
    packed.clear();
    size = Snappy.compress(raw, packed);
    return size;
  }

  /** What the last page became; good until the next. */
  BytesInput result() {
    packed.get(0, result, 0, size);
    return BytesInput.from(result, 0, size);
  }
}
