package dev.lockstep.aggregate;

import dev.lockstep.value.ValueType;
import java.util.Optional;

/** What the numeric aggregations take. */
final class Numbers {
  private Numbers() {}

  static Optional<String> rejection(ValueType input) {
    return input.isNumeric()
        ? Optional.empty()
        : Optional.of("aggregate an integer or a double; count() and distinct(...) take any type");
  }
}
