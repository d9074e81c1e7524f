package dev.lockstep.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The primitive forms that every format is made of, there and back. */
class BytesTest {
  @Property(seed = "20261122")
  void thereAndBack(@ForAll long number, @ForAll byte[] bytes) {
    ByteWriter out = new ByteWriter(1);
    out.writeSigned(number);
    out.writeVarint(number);
    out.writeFixed64(number);
    out.writeByte(77);
    out.writeBytes(bytes);
    ByteReader in = new ByteReader(out.toByteArray());
    assertEquals(number, in.readSigned());
    assertEquals(number, in.readVarint(), "a negative varint takes ten bytes");
    assertEquals(number, in.readFixed64());
    assertEquals(77, in.readByte());
    assertArrayEquals(bytes, in.readBytes(bytes.length));
    assertEquals(0, in.remaining());
  }

  /** Avro's zigzag, as its specification lists it. */
  @Test
  void zigzag() {
    long[] numbers = {0, -1, 1, -2, 2, -64, 64};
    byte[][] bytes = {{0}, {1}, {2}, {3}, {4}, {0x7f}, {(byte) 0x80, 1}};
    for (int i = 0; i < numbers.length; i++) {
      ByteWriter out = new ByteWriter();
      out.writeSigned(numbers[i]);
      assertArrayEquals(bytes[i], out.toByteArray());
    }
  }

  @Test
  void truncatedBytesAreRefused() {
    assertThrows(WireException.class, () -> new ByteReader(new byte[7]).readFixed64());
    assertThrows(WireException.class, () -> new ByteReader(new byte[] {-1, -1}).readVarint());
    assertThrows(WireException.class, () -> new ByteReader(new byte[0]).readByte());
    assertThrows(WireException.class, () -> new ByteReader(new byte[3]).readBytes(4));
  }

  /** Read as the character that stands for damage, two keys would become one. */
  @Test
  void textThatIsNoUtf8IsRefused() {
    assertThrows(
        WireException.class, () -> new ByteReader(new byte[] {2, (byte) 0xFF}).readString());
    // What stands for these begins with the very bytes.
    for (byte[] cut : new byte[][] {{(byte) 0xEF}, {(byte) 0xEF, (byte) 0xBF}}) {
      ByteWriter broken = new ByteWriter();
      broken.writeSigned(cut.length);
      broken.writeBytes(cut);
      assertEquals(null, new ByteReader(broken.toByteArray()).readText());
    }
    ByteWriter out = new ByteWriter();
    out.writeString("\uFFFD is a character too");
    assertEquals("\uFFFD is a character too", new ByteReader(out.toByteArray()).readString());
  }

  @Test
  void aNumberOfMoreThan64BitsIsRefused() {
    byte[] tenth = new byte[10];
    java.util.Arrays.fill(tenth, (byte) 0xFF);
    tenth[9] = 1;
    assertEquals(-1, new ByteReader(tenth).readVarint());
    tenth[9] = 2;
    assertThrows(WireException.class, () -> new ByteReader(tenth).readVarint());
  }

  @Test
  void aBooleanIsZeroOrOne() {
    assertThrows(WireException.class, () -> new ByteReader(new byte[] {2}).readBoolean());
    assertThrows(
        WireException.class,
        () ->
            ValuesCodec.read(
                java.util.List.of(ValueType.BOOLEAN), new ByteReader(new byte[] {1, 2})));
  }

  @Test
  void rowsOfEveryType() {
    Values row = new Values(java.util.List.of(ValueType.values()));
    Object[] values = {
      true,
      Long.MIN_VALUE,
      -Double.MIN_VALUE,
      new java.math.BigDecimal("-0.000001"),
      "漢\uD83D\uDE00|\\",
      java.time.Instant.EPOCH
    };
    for (int present = 0; present < 64; present++) {
      for (int i = 0; i < 6; i++) {
        row.set(i, (present >> i & 1) == 0 ? null : values[i]);
      }
      ByteWriter out = new ByteWriter();
      ValuesCodec.write(row, out);
      ByteReader in = new ByteReader(out.toByteArray());
      assertEquals(row, ValuesCodec.read(row.types(), in));
      assertEquals(0, in.remaining());
    }
  }
}
