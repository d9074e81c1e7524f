package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.expression.Node;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.ValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checks of the constants that a definition holds. */
final class Constants {
  private Constants() {}

  /** Whether those of an operation are sound; reports what is wrong with them if not. */
  static boolean checkIn(String subject, Node operation, Consumer<DefinitionError> errors) {
    if (operation instanceof Node.Call call) {
      boolean sound = true;
      for (Node.Literal parameter : call.parameters()) {
        sound &= check(subject, parameter, errors);
      }
      return sound && none(mistake(subject, call), errors);
    }
    return !(operation instanceof Node.Shift shift) || none(mistake(subject, shift.by()), errors);
  }

  /** Whether a constant is a value of its type; reports it if not. */
  static boolean check(String subject, Node.Literal constant, Consumer<DefinitionError> errors) {
    return none(mistake(subject, constant), errors);
  }

  /** A constant as a value of a type, whole numbers as doubles too; null where it is none. */
  static Node.@Nullable Literal as(ValueType type, Node.Literal constant) {
    if (constant.type() == type) {
      return constant;
    }
    if (!(constant.value() instanceof Long whole)) {
      return null;
    }
    return switch (type) {
      case DOUBLE -> new Node.Literal(type, whole.doubleValue());
      case DECIMAL -> new Node.Literal(type, BigDecimal.valueOf(whole));
      default -> null;
    };
  }

  /** A constant of a type as a definition has it. */
  static String example(ValueType type) {
    return switch (type) {
      case BOOLEAN -> "false";
      case LONG -> "0";
      case DOUBLE -> "0.0";
      case DECIMAL -> "new BigDecimal(\"0.00\")";
      case STRING -> "\"none\"";
      case INSTANT -> "Instant.EPOCH";
    };
  }

  private static boolean none(@Nullable DefinitionError mistake, Consumer<DefinitionError> errors) {
    if (mistake != null) {
      errors.accept(mistake);
    }
    return mistake == null;
  }

  private static @Nullable DefinitionError mistake(String subject, Node.Literal constant) {
    Object value = constant.value();
    switch (constant.type()) {
      case LONG -> {
        if (!(value instanceof Long)) {
          return new DefinitionError(
              subject,
              "the constant " + value + " is no 64-bit integer",
              "give a long, a double or a BigDecimal");
        }
      }
      case DECIMAL -> {
        try {
          Decimals.bitsOf((BigDecimal) value);
        } catch (ArithmeticException e) {
          return new DefinitionError(
              subject, String.valueOf(e.getMessage()), "give a decimal that fits, or a double");
        }
      }
      case INSTANT -> {
        if (!isWholeMicros((Instant) value)) {
          return new DefinitionError(
              subject,
              "the constant " + value + " is not a number of 64-bit microseconds",
              "give an instant of whole microseconds");
        }
      }
      case BOOLEAN, DOUBLE, STRING -> {}
    }
    return null;
  }

  private static boolean isWholeMicros(Instant value) {
    try {
      return Micros.toInstant(Micros.of(value)).equals(value);
    } catch (ArithmeticException beyond) {
      return false;
    }
  }

  private static @Nullable DefinitionError mistake(String subject, Duration by) {
    if (by.getNano() % 1_000 != 0 || DurationMicros.of(by).isEmpty()) {
      return new DefinitionError(
          subject,
          "an instant is moved by " + by + ", which is not a number of 64-bit microseconds",
          "give a duration of whole microseconds: plus(hours(2))");
    }
    return null;
  }

  private static @Nullable DefinitionError mistake(String subject, Node.Call call) {
    List<Node.Literal> parameters = call.parameters();
    return switch (call.operator()) {
      case IS_IN ->
          !parameters.isEmpty() && areFinite(parameters)
              ? null
              : new DefinitionError(
                  subject,
                  written(call)
                      + (parameters.isEmpty()
                          ? " lists no value"
                          : " lists what is no finite number"),
                  "list at least one value, and finite numbers only");
      case CLIP ->
          areFinite(parameters) && compare(parameters.get(0), parameters.get(1)) <= 0
              ? null
              : new DefinitionError(
                  subject,
                  written(call) + " has no value between its bounds",
                  "give two finite bounds, the lower first");
      case BUCKETISE ->
          !parameters.isEmpty() && areFinite(parameters) && areAscending(parameters)
              ? null
              : new DefinitionError(
                  subject,
                  written(call)
                      + (parameters.isEmpty()
                          ? " has no boundary"
                          : " has boundaries that aren't finite and ascending"),
                  "list at least one finite boundary, each greater than the one before");
      case HASH ->
          (Long) parameters.get(0).value() > 0
              ? null
              : new DefinitionError(
                  subject, written(call) + " has no bucket", "give at least one: hash(1024)");
      case DISTANCE -> null;
    };
  }

  private static boolean areAscending(List<Node.Literal> numbers) {
    for (int i = 1; i < numbers.size(); i++) {
      if (compare(numbers.get(i - 1), numbers.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static int compare(Node.Literal a, Node.Literal b) {
    if (a.value() instanceof Long integer) {
      return integer.compareTo((Long) b.value());
    }
    return a.value() instanceof BigDecimal decimal
        ? decimal.compareTo((BigDecimal) b.value())
        : ((Double) a.value()).compareTo((Double) b.value());
  }

  private static boolean areFinite(List<Node.Literal> parameters) {
    return parameters.stream()
        .allMatch(p -> !(p.value() instanceof Double number) || Double.isFinite(number));
  }

  /** The call as it stands in the definition. */
  private static String written(Node.Call call) {
    return call.parameters().stream()
        .map(p -> String.valueOf(p.value()))
        .collect(Collectors.joining(", ", call.operator().symbol() + "(", ")"));
  }
}
