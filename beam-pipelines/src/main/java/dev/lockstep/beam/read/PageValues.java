package dev.lockstep.beam.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The values of a data page, of the rows that aren't null: decoded many at a time. */
sealed interface PageValues {

  /** Takes the next values into rows that follow one another. */
  void read(ColumnBuffer into, int from, int count);

  /** Those of a dictionary: no text is made twice. */
  record Looked(ColumnBuffer dictionary, RunLengths ids, int[] scratch) implements PageValues {
    @Override
    public void read(ColumnBuffer into, int from, int count) {
      ids.read(scratch, 0, count);
      into.lookUp(dictionary, scratch, from, count);
    }
  }

  /** Eight bytes each, lowest first, as they are. */
  record PlainLongs(ByteBuffer bytes) implements PageValues {
    @Override
    public void read(ColumnBuffer into, int from, int count) {
      bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(into.bits(), from, count);
      bytes.position(bytes.position() + count * Long.BYTES);
      into.convert(from, count);
    }
  }

  /** Four bytes each, lowest first; made wider. */
  record PlainInts(ByteBuffer bytes, boolean floats, int[] scratch) implements PageValues {
    @Override
    public void read(ColumnBuffer into, int from, int count) {
      bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(scratch, 0, count);
      bytes.position(bytes.position() + count * Integer.BYTES);
      long[] bits = into.bits();
      if (floats) {
        for (int i = 0; i < count; i++) {
          bits[from + i] = Double.doubleToRawLongBits(Float.intBitsToFloat(scratch[i]));
        }
      } else {
        for (int i = 0; i < count; i++) {
          bits[from + i] = scratch[i];
        }
      }
      into.convert(from, count);
    }
  }

  /** Bytes, such as text, each behind its length. */
  record PlainBytes(ByteBuffer bytes) implements PageValues {
    @Override
    public void read(ColumnBuffer into, int from, int count) {
      ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
      for (int row = from; row < from + count; row++) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
          throw new ParquetDecodingException(
              "a value of " + length + " bytes where its page has " + in.remaining() + " left");
        }
        into.bytes(row, in.array(), in.arrayOffset() + in.position(), length);
        in.position(in.position() + length);
      }
    }
  }

  /** Any other encoding, one value at a time; each loop knows its physical type. */
  record Decoded(ValuesReader values, PrimitiveTypeName type) implements PageValues {
    @Override
    public void read(ColumnBuffer into, int from, int count) {
      switch (type) {
        case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> bytes(into, from, from + count);
        default -> {
          numbers(into.bits(), from, from + count);
          into.convert(from, count);
        }
      }
    }

    private void bytes(ColumnBuffer into, int from, int to) {
      for (int row = from; row < to; row++) {
        Binary value = values.readBytes();
        ByteBuffer held = value.toByteBuffer();
        if (held.hasArray()) {
          into.bytes(row, held.array(), held.arrayOffset() + held.position(), held.remaining());
        } else {
          into.bytes(row, value.getBytes(), 0, value.length());
        }
      }
    }

    private void numbers(long[] bits, int from, int to) {
      switch (type) {
        case BOOLEAN -> {
          for (int row = from; row < to; row++) {
            bits[row] = values.readBoolean() ? 1 : 0;
          }
        }
        case INT32 -> {
          for (int row = from; row < to; row++) {
            bits[row] = values.readInteger();
          }
        }
        case INT64 -> {
          for (int row = from; row < to; row++) {
            bits[row] = values.readLong();
          }
        }
        case FLOAT -> {
          for (int row = from; row < to; row++) {
            bits[row] = Double.doubleToRawLongBits(values.readFloat());
          }
        }
        case DOUBLE -> {
          for (int row = from; row < to; row++) {
            bits[row] = Double.doubleToRawLongBits(values.readDouble());
          }
        }
        default -> throw new ParquetDecodingException("no column of ours is " + type);
      }
    }
  }
}
