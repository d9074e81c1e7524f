package dev.lockstep.beam.batch;

import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;

/**
 * Counts and rejected rows on the way that routed rows take, to a shard of their own behind the
 * others. A step with one output hands its blocks straight to the shuffle; what has several outputs
 * Flink writes and reads once more for each.
 *
 * <pre>
 * kind              one byte: 0 count, 1 rejected
 * count             its name as string, then zigzag varint
 * rejected          {@link RejectedCoder}'s bytes as blob
 * </pre>
 */
final class Asides {
  private static final int COUNT = 0;
  private static final int REJECTED = 1;

  private Asides() {}

  static byte[] of(String name, long count) {
    ByteWriter out = new ByteWriter();
    out.writeByte(COUNT);
    out.writeString(name);
    out.writeSigned(count);
    return out.toByteArray();
  }

  static byte[] of(Rejected rejected) {
    ByteWriter out = new ByteWriter();
    out.writeByte(REJECTED);
    try {
      out.writeBlob(CoderUtils.encodeToByteArray(new RejectedCoder(), rejected));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be written", e);
    }
    return out.toByteArray();
  }

  /** Gives each to the output that is for it. */
  static void handOn(Iterable<byte[]> asides, MultiOutputReceiver out) throws IOException {
    for (byte[] aside : asides) {
      ByteReader in = new ByteReader(aside);
      if (in.readByte() == COUNT) {
        out.get(Steps.COUNTS).output(KV.of(in.readString(), in.readSigned()));
      } else {
        out.get(Steps.REJECTED)
            .output(CoderUtils.decodeFromByteArray(new RejectedCoder(), in.readBlob()));
      }
    }
  }
}
