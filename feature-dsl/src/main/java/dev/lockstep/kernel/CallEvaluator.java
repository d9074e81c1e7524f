package dev.lockstep.kernel;

import dev.lockstep.aggregate.Haversine;
import dev.lockstep.define.Expression;
import dev.lockstep.value.TextHash;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Computes one call from its operands' values; its parameters are unpacked once. */
final class CallEvaluator {
  private final Expression.Call call;
  private final List<ExpressionEvaluator> operands;
  private final boolean ofLongs;
  private final long[] longs;
  private final double[] doubles;
  private final Set<String> texts;

  CallEvaluator(Expression.Call call, List<ExpressionEvaluator> operands) {
    this.call = call;
    this.operands = operands;
    List<Object> parameters = call.parameters().stream().map(p -> p.value()).toList();
    // An integer beside a double counts as a double, on whichever side.
    this.ofLongs =
        operands.get(0).type() == ValueType.LONG
            && parameters.stream().allMatch(Long.class::isInstance);
    // Bounds and boundaries ascend as they are, what is listed needs no order: all can be halved.
    this.longs =
        parameters.stream()
            .filter(Long.class::isInstance)
            .mapToLong(p -> (Long) p)
            .sorted()
            .toArray();
    this.doubles =
        parameters.stream()
            .filter(Number.class::isInstance)
            .mapToDouble(p -> ((Number) p).doubleValue())
            .sorted()
            .toArray();
    this.texts =
        parameters.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.toUnmodifiableSet());
  }

  void compute(Values out) {
    for (ExpressionEvaluator operand : operands) {
      if (operand.isNull()) {
        out.setNull(0);
        return;
      }
    }
    ExpressionEvaluator x = operands.get(0);
    switch (call.operator()) {
      case IS_IN -> out.setBoolean(0, isIn(x));
      case CLIP -> clip(x, out);
      case BUCKETISE -> out.setLong(0, bucket(x.number()));
      case HASH -> out.setLong(0, TextHash.bucket(textOf(x), longs[0]));
      case DISTANCE ->
          out.setDouble(
              0,
              Haversine.metres(
                  x.number(),
                  operands.get(1).number(),
                  operands.get(2).number(),
                  operands.get(3).number()));
    }
  }

  private boolean isIn(ExpressionEvaluator x) {
    if (x.type() == ValueType.STRING) {
      return texts.contains(x.text());
    }
    if (ofLongs) {
      return Arrays.binarySearch(longs, x.value().getLong(0)) >= 0;
    }
    return Arrays.binarySearch(doubles, x.number()) >= 0;
  }

  private void clip(ExpressionEvaluator x, Values out) {
    if (ofLongs) {
      out.setLong(0, Math.max(longs[0], Math.min(longs[1], x.value().getLong(0))));
    } else {
      out.setDouble(0, Math.max(doubles[0], Math.min(doubles[1], x.number())));
    }
  }

  /** How many boundaries are at most the number: they ascend, so by halving. */
  private long bucket(double number) {
    int place = Arrays.binarySearch(doubles, number);
    return place >= 0 ? place + 1 : -place - 1;
  }

  private static String textOf(ExpressionEvaluator x) {
    return x.type() == ValueType.STRING ? x.text() : Long.toString(x.value().getLong(0));
  }
}
