package dev.lockstep.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.testing.Effort;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every decoder, over many arbitrary and damaged inputs: the same ones in every build. */
class DecodersTest {
  private static final long SEED = 20261122;
  private static final int INPUTS = Effort.times(6_000);

  @ParameterizedTest
  @EnumSource
  void everyInputIsReadOrRefused(Decoder decoder) {
    SplittableRandom random = new SplittableRandom(SEED + decoder.ordinal());
    Choices choices = Choices.of(random);
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = decoder.input(choices);
      try {
        read += decoder.check(input) ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            decoder + ", seed " + SEED + ", input " + i + ": " + HexFormat.of().formatHex(input),
            e);
      }
    }
    System.out.println(decoder + ": " + read + " of " + INPUTS + " read, seed " + SEED);
    assertTrue(read > INPUTS / 20, "most inputs should come close, only " + read + " were read");
    assertTrue(read < INPUTS, "none was refused");
  }

  @ParameterizedTest
  @EnumSource
  void everyExampleIsRead(Decoder decoder) {
    decoder.examples().forEach(e -> assertTrue(decoder.check(e)));
  }
}
