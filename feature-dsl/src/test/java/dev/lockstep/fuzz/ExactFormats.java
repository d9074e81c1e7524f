package dev.lockstep.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.exact.DoubleMean;
import dev.lockstep.aggregate.exact.DoubleMoments;
import dev.lockstep.aggregate.exact.DoubleSum;
import dev.lockstep.aggregate.exact.LongMean;
import dev.lockstep.aggregate.exact.LongMoments;
import dev.lockstep.aggregate.exact.LongSum;
import dev.lockstep.aggregate.exact.Mean;
import dev.lockstep.aggregate.exact.Moments;
import dev.lockstep.fuzz.ByteFormat.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The canonical bytes of exact sums, means and moments. */
final class ExactFormats {
  private static final int SCALE = 2;

  private ExactFormats() {}

  static ByteFormat<LongSum> longSum() {
    return format(
        LongSum.class,
        LongSum::fromBytes,
        LongSum::toBytes,
        random -> {
          LongSum sum = new LongSum();
          times(random, () -> sum.add(integer(random)));
          return sum;
        },
        LongSum::doubleValue);
  }

  static ByteFormat<DoubleSum> doubleSum() {
    return format(
        DoubleSum.class,
        DoubleSum::fromBytes,
        DoubleSum::toBytes,
        random -> {
          DoubleSum sum = new DoubleSum();
          times(random, () -> sum.add(decimal(random)));
          return sum;
        },
        sum -> number(sum.doubleValue()));
  }

  static ByteFormat<LongMean> longMean() {
    return format(
        LongMean.class,
        bytes -> LongMean.fromBytes(SCALE, bytes),
        LongMean::toBytes,
        random -> {
          LongMean mean = new LongMean(SCALE);
          times(random, () -> mean.add(integer(random)));
          return mean;
        },
        ExactFormats::results);
  }

  static ByteFormat<DoubleMean> doubleMean() {
    return format(
        DoubleMean.class,
        DoubleMean::fromBytes,
        DoubleMean::toBytes,
        random -> {
          DoubleMean mean = new DoubleMean();
          times(random, () -> mean.add(decimal(random)));
          return mean;
        },
        ExactFormats::results);
  }

  static ByteFormat<LongMoments> longMoments() {
    return format(
        LongMoments.class,
        bytes -> LongMoments.fromBytes(SCALE, bytes),
        LongMoments::toBytes,
        random -> {
          LongMoments moments = new LongMoments(SCALE);
          times(random, () -> moments.add(integer(random)));
          return moments;
        },
        ExactFormats::results);
  }

  static ByteFormat<DoubleMoments> doubleMoments() {
    return format(
        DoubleMoments.class,
        DoubleMoments::fromBytes,
        DoubleMoments::toBytes,
        random -> {
          DoubleMoments moments = new DoubleMoments();
          times(random, () -> moments.add(decimal(random)));
          return moments;
        },
        ExactFormats::results);
  }

  private static <T> ByteFormat<T> format(
      Class<T> owner,
      Function<byte[], T> decode,
      Function<T, byte[]> encode,
      Function<SplittableRandom, T> example,
      Function<T, Object> content) {
    return new ByteFormat<>(
        owner, IllegalArgumentException.class, Form.CANONICAL, decode, encode, example, content);
  }

  /** Everything that can be asked of what was read: it must have an answer, and a possible one. */
  private static List<Object> results(Mean mean) {
    List<Object> results = new ArrayList<>();
    long n = mean.count();
    assertTrue(n >= 0, "a count of " + n);
    results.add(n);
    results.add(number(mean.sum()));
    if (n >= 1) {
      results.add(number(mean.mean()));
    } else {
      assertTrue(mean.sum() == 0.0, "a sum of no values");
    }
    if (mean instanceof Moments moments && n >= 1) {
      results.add(variance(moments.populationVariance()));
      if (n >= 2) {
        results.add(variance(moments.sampleVariance()));
      }
    }
    return results;
  }

  private static double number(double result) {
    assertFalse(Double.isNaN(result), "a sum or mean of NaN");
    return result;
  }

  private static double variance(double result) {
    assertTrue(result >= 0, "a variance of " + result);
    return result;
  }

  private static void times(SplittableRandom random, Runnable add) {
    for (int n = random.nextInt(6); n > 0; n--) {
      add.run();
    }
  }

  private static long integer(SplittableRandom random) {
    return random.nextLong() >> random.nextInt(64);
  }

  private static double decimal(SplittableRandom random) {
    double any = Double.longBitsToDouble(random.nextLong());
    return random.nextBoolean() && Double.isFinite(any) ? any : integer(random) / 100.0;
  }
}
