package dev.lockstep.beam.coder;

import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;

/** A deterministic coder of bytes behind their length, written and read by our own wire forms. */
abstract class BlobCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;

  abstract void write(T value, ByteWriter out);

  abstract T read(ByteReader in);

  @Override
  public void encode(T value, OutputStream outStream) throws IOException {
    ByteWriter out = new ByteWriter();
    write(value, out);
    ByteArrayCoder.of().encode(out.toByteArray(), outStream);
  }

  @Override
  public T decode(InputStream inStream) throws IOException {
    ByteReader in = new ByteReader(ByteArrayCoder.of().decode(inStream));
    T value = read(in);
    if (in.remaining() > 0) {
      throw new WireException(in.remaining() + " bytes more than " + getClass().getSimpleName());
    }
    return value;
  }

  @Override
  public void verifyDeterministic() {}
}
