package dev.lockstep.aggregate.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Carries, borrows and products of unsigned words, against integers without bounds. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class WordsTest {

  @Property(tries = 5000)
  void agreesWithBigIntegers(
      @ForAll long a,
      @ForAll long b,
      @ForAll @IntRange(max = 63) int bits,
      @ForAll boolean carried) {
    BigInteger left = IntegerBytes.unsigned(a);
    BigInteger right = IntegerBytes.unsigned(b);
    long in = carried ? 1 : 0;
    BigInteger sum = left.add(right).add(BigInteger.valueOf(in));
    assertEquals(sum.shiftRight(64).longValue(), Words.carry(a, b, a + b + in));
    BigInteger difference = left.subtract(right).subtract(BigInteger.valueOf(in));
    assertEquals(difference.signum() < 0 ? 1 : 0, Words.borrow(a, b, a - b - in));
    assertEquals(left.multiply(right).shiftRight(64).longValue(), Words.multiplyHighUnsigned(a, b));
    BigInteger both = left.shiftLeft(64).or(right);
    assertEquals(both.shiftLeft(bits).shiftRight(64).longValue(), Words.shiftLeft(a, b, bits));
  }
}
