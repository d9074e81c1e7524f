package dev.lockstep.beam.snapshot;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * A row that was read but isn't available before the cut: the next run takes it in, or a stream
 * that goes on ({@link CarriedRows}).
 *
 * <pre>
 * has name          one byte; then the name as string
 * row               {@link SourceRowCodec}
 * </pre>
 *
 * @param name of a request whose source declares no id: by the file it is from; else null
 */
public record CarriedRow(SourceRow row, @Nullable String name) {

  public void write(SourceRowCodec codec, ByteWriter out) {
    out.writeByte(name == null ? 0 : 1);
    if (name != null) {
      out.writeString(name);
    }
    codec.write(row, out);
  }

  /**
   * The row of such bytes.
   *
   * @throws dev.lockstep.wire.WireException if they aren't one
   */
  public static CarriedRow read(SourceRowCodec codec, ByteReader in) {
    String name = in.readBoolean() ? in.readString() : null;
    SourceRow row = codec.read(in);
    in.requireEnd("carried row");
    return new CarriedRow(row, name);
  }
}
