package dev.lockstep.beam.snapshot;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An id whose copies are still duplicates (C9): 44 bytes, whatever the id's length.
 *
 * <pre>
 * id                16 bytes: the first of the SHA-256 of its text
 * hash              4 bytes, least first: {@link String#hashCode} of its text
 * available at      8 bytes, least first: of the event, which is the first copy
 * content           16 bytes: the first of the SHA-256 of all that isn't about its arrival
 * </pre>
 *
 * @param hash by which a stream spreads its ids, so that it finds those of a snapshot
 */
public record SeenId(Digest id, int hash, long availableAtMicros, Digest content) {

  /** The first 128 bits of a SHA-256. */
  public record Digest(long high, long low) implements Comparable<Digest> {
    public static Digest of(byte[] bytes) {
      try {
        ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        return new Digest(digest.getLong(), digest.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    public static Digest of(String text) {
      return of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(Digest other) {
      int by = Long.compareUnsigned(high, other.high);
      return by != 0 ? by : Long.compareUnsigned(low, other.low);
    }
  }

  public void write(ByteWriter out) {
    out.writeFixed64(id.high);
    out.writeFixed64(id.low);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.writeByte(hash >>> shift);
    }
    out.writeFixed64(availableAtMicros);
    out.writeFixed64(content.high);
    out.writeFixed64(content.low);
  }

  /**
   * The id of such bytes.
   *
   * @throws dev.lockstep.wire.WireException if they aren't one
   */
  public static SeenId read(ByteReader in) {
    Digest id = new Digest(in.readFixed64(), in.readFixed64());
    int hash = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      hash |= in.readByte() << shift;
    }
    SeenId seen =
        new SeenId(id, hash, in.readFixed64(), new Digest(in.readFixed64(), in.readFixed64()));
    in.requireEnd("seen id");
    return seen;
  }
}
