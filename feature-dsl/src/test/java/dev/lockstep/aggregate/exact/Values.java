package dev.lockstep.aggregate.exact;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Generators of the inputs that make sums hard. */
final class Values extends DomainContextBase {

  /** Finite doubles: any bits, subnormals, the edges of the range, amounts, small integers. */
  @Provide
  Arbitrary<Double> doubles() {
    Arbitrary<Double> anyBits =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> subnormals =
        Arbitraries.longs().between(1, (1L << 52) - 1).map(Double::longBitsToDouble);
    Arbitrary<Double> edges =
        Arbitraries.of(
            0.0,
            -0.0,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            -Double.MIN_NORMAL,
            1e308,
            -1e308,
            1e-308,
            -1e-308,
            1.0,
            -1.0,
            0.1,
            0x1p53,
            0x1p53 + 2,
            0x1p-53,
            0x1p970,
            0x1p-1022,
            -0x1p31,
            0x1.fffffffffffffp31);
    Arbitrary<Double> amounts =
        Arbitraries.longs().between(-100_000_000, 100_000_000).map(cents -> cents / 100.0);
    Arbitrary<Double> integers = Arbitraries.integers().between(-5, 5).map(i -> (double) i);
    return Arbitraries.frequencyOf(
        Tuple.of(3, anyBits),
        Tuple.of(1, subnormals.map(x -> -x)),
        Tuple.of(1, subnormals),
        Tuple.of(3, edges),
        Tuple.of(4, amounts),
        Tuple.of(1, integers));
  }

  /** Longs of every magnitude, and the edges of the range. */
  @Provide
  Arbitrary<Long> longs() {
    Arbitrary<Long> anyMagnitude =
        Arbitraries.longs()
            .flatMap(bits -> Arbitraries.integers().between(0, 63).map(s -> bits >> s));
    Arbitrary<Long> edges =
        Arbitraries.of(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE + 1,
            0L,
            1L,
            -1L,
            1L << 53,
            (1L << 53) + 1,
            -(1L << 53) - 1,
            (1L << 32) - 1,
            1L << 32,
            3037000499L,
            3037000500L);
    return Arbitraries.frequencyOf(Tuple.of(3, anyMagnitude), Tuple.of(2, edges));
  }
}
