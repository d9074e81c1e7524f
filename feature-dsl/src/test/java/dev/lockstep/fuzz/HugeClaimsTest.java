package dev.lockstep.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.exact.DoubleSum;
import dev.lockstep.aggregate.exact.LongMoments;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A few bytes that claim to be followed by billions are refused before anything is allocated:
 * {@link ByteFormat#check} counts what the thread allocates.
 */
class HugeClaimsTest {
  private static final long[] CLAIMS = {
    Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1L << 31, (1L << 32) + 1, Long.MAX_VALUE, -1
  };

  /** Wherever a count or a length stands in any format, a huge number takes its place here. */
  @ParameterizedTest
  @EnumSource
  void aHugeNumberAnywhere(Decoder decoder) {
    int refused = 0;
    for (byte[] example : decoder.examples().subList(0, 2)) {
      for (int at = 0; at < example.length; at++) {
        for (byte[] claim : claims()) {
          byte[] claiming = new byte[at + claim.length];
          System.arraycopy(example, 0, claiming, 0, at);
          System.arraycopy(claim, 0, claiming, at, claim.length);
          refused += decoder.check(claiming) ? 0 : 1;
        }
      }
    }
    assertTrue(refused > 0, "no such input was refused");
  }

  @Test
  void countsAndLengthsAreHeldAgainstWhatRemains() {
    for (long claim : CLAIMS) {
      ByteWriter varint = new ByteWriter();
      varint.writeVarint(claim);
      assertThrows(WireException.class, () -> new ByteReader(varint.toByteArray()).readCount(1));
      ByteWriter signed = new ByteWriter();
      signed.writeSigned(claim);
      assertThrows(WireException.class, () -> new ByteReader(signed.toByteArray()).readString());
      assertThrows(WireException.class, () -> new ByteReader(signed.toByteArray()).readBlob());
    }
    assertThrows(WireException.class, () -> new ByteReader(new byte[8]).skip(Integer.MAX_VALUE));
    assertThrows(
        WireException.class, () -> new ByteReader(new byte[8]).readBytes(Integer.MIN_VALUE));
  }

  /** More bytes than any sum has: refused before the arithmetic, which is quadratic in them. */
  @Test
  void aMegabyteOfDigitsIsNoSum() {
    byte[] digits = new byte[1 << 20];
    Arrays.fill(digits, (byte) 0x55);
    assertFalse(Decoder.DOUBLE_SUM.check(digits));
    assertFalse(Decoder.LONG_SUM.check(digits));
    byte[] moments = digits.clone();
    moments[0] = 3; // values
    moments[1] = 1; // bytes of their sum; the rest is the squares'
    assertFalse(Decoder.DOUBLE_MOMENTS.check(moments));
    assertFalse(Decoder.LONG_MOMENTS.check(moments));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LongMoments.fromBytes(0, moments));
    assertTrue(e.getMessage().length() < 200, "a message of " + e.getMessage().length());
    e = assertThrows(IllegalArgumentException.class, () -> DoubleSum.fromBytes(digits));
    assertTrue(e.getMessage().length() < 200, "a message of " + e.getMessage().length());
  }

  private static List<byte[]> claims() {
    List<byte[]> claims = new ArrayList<>();
    for (long claim : CLAIMS) {
      ByteWriter out = new ByteWriter();
      out.writeVarint(claim);
      claims.add(out.toByteArray());
      out.clear();
      out.writeSigned(claim);
      claims.add(out.toByteArray());
      out.clear();
      out.writeFixed64(claim);
      claims.add(out.toByteArray());
    }
    return claims;
  }
}
