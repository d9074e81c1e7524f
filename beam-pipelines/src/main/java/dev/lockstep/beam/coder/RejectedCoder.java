package dev.lockstep.beam.coder;

import dev.lockstep.beam.read.Rejected;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a {@link Rejected}: kind as one byte, then source, reason and position as strings.
 *
 * <p>In a pipeline of somebody's own the runner serialises this class into checkpoints: its name,
 * serial version and lack of fields are frozen, as are its superclass's.
 */
public final class RejectedCoder extends BlobCoder<Rejected> {
  private static final long serialVersionUID = 1L;

  @Override
  void write(Rejected value, ByteWriter out) {
    out.writeByte(value.kind().ordinal());
    out.writeString(value.source());
    out.writeString(value.reason());
    out.writeString(value.position());
  }

  @Override
  Rejected read(ByteReader in) {
    return new Rejected(
        Rejected.Kind.values()[in.readByte()], in.readString(), in.readString(), in.readString());
  }

  /** The bytes alone, without their length. */
  public static byte[] toBytes(Rejected rejected) {
    ByteWriter out = new ByteWriter();
    new RejectedCoder().write(rejected, out);
    return out.toByteArray();
  }

  /**
   * What {@link #toBytes} wrote.
   *
   * @throws dev.lockstep.wire.WireException if it didn't
   */
  public static Rejected fromBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    Rejected rejected = new RejectedCoder().read(in);
    in.requireEnd("rejected row");
    return rejected;
  }

  /** All are alike: Flink refuses to join collections whose coders differ. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RejectedCoder;
  }

  @Override
  public int hashCode() {
    return RejectedCoder.class.hashCode();
  }
}
