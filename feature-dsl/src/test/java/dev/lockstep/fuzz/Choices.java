package dev.lockstep.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.SplittableRandom;

/** Where the choices of a made-up input come from: a seed, or a fuzzer that steers them. */
interface Choices {
  /** A number of {@code [0, bound)}. */
  int below(int bound);

  /** At most so many arbitrary bytes. */
  byte[] bytes(int most);

  static Choices of(SplittableRandom random) {
    return new Choices() {
      @Override
      public int below(int bound) {
        return random.nextInt(bound);
      }

      @Override
      public byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
      }
    };
  }

  static Choices of(FuzzedDataProvider data) {
    return new Choices() {
      @Override
      public int below(int bound) {
        return data.consumeInt(0, bound - 1);
      }

      @Override
      public byte[] bytes(int most) {
        return data.consumeBytes(most);
      }
    };
  }
}
