package dev.lockstep.aggregate;

import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.Optional;

/** What aggregations commonly ask of their inputs. */
final class Inputs {
  private static final Optional<String> FINE = Optional.empty();

  private Inputs() {}

  static Optional<String> numbers(List<ValueType> inputs) {
    return inputs.stream().allMatch(ValueType::isNumeric)
        ? FINE
        : Optional.of(
            "aggregate an integer, a double or a decimal; count() and distinct(...) take any type");
  }

  static Optional<String> ordered(ValueType input) {
    return input.isNumeric() || input == ValueType.INSTANT
        ? FINE
        : Optional.of("rank a number or an instant");
  }

  /** A list of so many elements. */
  static Optional<String> places(int k) {
    return k >= 1 && k <= Listing.MOST
        ? FINE
        : Optional.of("ask for 1 to " + Listing.MOST + " elements, not " + k);
  }

  /** A window that can hold so many events. */
  static Optional<String> atLeast(int events, WindowBounds window) {
    return window.newest() >= events
        ? FINE
        : Optional.of("it takes " + events + " events: lastEvents(" + events + ") or more");
  }

  /** How many of the units that a type's numbers are counted in make 1. */
  static long unit(ValueType input) {
    return input == ValueType.DECIMAL ? Decimals.UNIT : 1;
  }

  /** The cure over a window of one event, of what needs two that differ. */
  static Optional<String> severalEvents(WindowBounds window) {
    return window.newest() >= 2
        ? FINE
        : Optional.of("give it a window of several events: lastEvents(10)");
  }

  static Optional<String> any() {
    return FINE;
  }
}
