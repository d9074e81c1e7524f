package dev.lockstep.aggregate.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The carries between the three words of a sum of squares. */
@Domain(Values.class)
@Domain(DomainContext.Global.class)
class LongSquareSumTest {

  /** Starts where the middle word is all but equal to the square's, or its complement. */
  @Property(tries = 2000)
  void carriesAndBorrowsPassEveryWord(
      @ForAll long value,
      @ForAll long low,
      @ForAll @LongRange(min = 1, max = 5) long high,
      @ForAll @LongRange(min = -1, max = 1) long nudge,
      @ForAll boolean complement) {
    BigInteger square = BigInteger.valueOf(value).pow(2);
    long middle = square.shiftRight(64).longValue();
    BigInteger start =
        BigInteger.valueOf(high)
            .shiftLeft(64)
            .or(IntegerBytes.unsigned((complement ? ~middle : middle) + nudge))
            .shiftLeft(64)
            .or(IntegerBytes.unsigned(low));
    LongSquareSum added = LongSquareSum.of(start);
    added.add(value);
    assertEquals(start.add(square), added.toBigInteger());
    LongSquareSum subtracted = LongSquareSum.of(start);
    subtracted.subtract(value);
    assertEquals(start.subtract(square), subtracted.toBigInteger());
  }
}
