package dev.lockstep.plan;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.Expression;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checks of the constants that a call carries. */
final class CallParameters {
  private CallParameters() {}

  /** Whether they are sound; reports what is wrong with them if not. */
  static boolean check(String subject, Expression.Call call, Consumer<DefinitionError> errors) {
    DefinitionError mistake = mistake(subject, call);
    if (mistake != null) {
      errors.accept(mistake);
    }
    return mistake == null;
  }

  private static @Nullable DefinitionError mistake(String subject, Expression.Call call) {
    List<Expression.Literal> parameters = call.parameters();
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

  private static boolean areAscending(List<Expression.Literal> numbers) {
    for (int i = 1; i < numbers.size(); i++) {
      if (compare(numbers.get(i - 1), numbers.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static int compare(Expression.Literal a, Expression.Literal b) {
    return a.value() instanceof Long integer
        ? integer.compareTo((Long) b.value())
        : ((Double) a.value()).compareTo((Double) b.value());
  }

  private static boolean areFinite(List<Expression.Literal> parameters) {
    return parameters.stream()
        .allMatch(p -> !(p.value() instanceof Double number) || Double.isFinite(number));
  }

  /** The call as it stands in the definition. */
  private static String written(Expression.Call call) {
    return call.parameters().stream()
        .map(p -> String.valueOf(p.value()))
        .collect(Collectors.joining(", ", call.operator().symbol() + "(", ")"));
  }
}
