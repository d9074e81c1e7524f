package dev.lockstep.kernel;

import dev.lockstep.aggregate.Haversine;
import dev.lockstep.expression.Node;
import dev.lockstep.value.Decimals;
import dev.lockstep.value.TextHash;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Computes one call from its operands' values; its parameters are unpacked once. */
final class CallEvaluator {
  private final Node.Call call;
  private final List<ExpressionEvaluator> operands;
  private final boolean isExact;
  private final long[] longs;
  private final double[] doubles;
  private final Set<String> texts;

  CallEvaluator(Node.Call call, List<ExpressionEvaluator> operands) {
    this.call = call;
    this.operands = operands;
    List<Node.Literal> given = call.parameters();
    List<Object> parameters = given.stream().map(Node.Literal::value).toList();
    // An integer beside a double counts as a double, on whichever side; so does a decimal.
    ValueType type = operands.get(0).type();
    this.isExact =
        (type == ValueType.LONG || type == ValueType.DECIMAL)
            && given.stream().allMatch(p -> p.type() == type);
    // Bounds and boundaries ascend as they are, what is listed needs no order: all can be halved.
    this.longs =
        parameters.stream()
            .filter(p -> p instanceof Long || p instanceof BigDecimal)
            .mapToLong(p -> p instanceof BigDecimal d ? Decimals.bitsOf(d) : (Long) p)
            .sorted()
            .toArray();
    this.doubles =
        parameters.stream()
            .filter(Number.class::isInstance)
            .mapToDouble(CallEvaluator::nearest)
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
      case BUCKETISE -> out.setLong(0, bucket(x));
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
    if (isExact) {
      return Arrays.binarySearch(longs, x.value().getLong(0)) >= 0;
    }
    return Arrays.binarySearch(doubles, x.number()) >= 0;
  }

  private void clip(ExpressionEvaluator x, Values out) {
    if (isExact) {
      out.setLong(0, Math.max(longs[0], Math.min(longs[1], x.value().getLong(0))));
    } else {
      out.setDouble(0, Math.max(doubles[0], Math.min(doubles[1], x.number())));
    }
  }

  /** How many boundaries are at most the number: they ascend, so by halving. */
  private long bucket(ExpressionEvaluator x) {
    int place =
        isExact
            ? Arrays.binarySearch(longs, x.value().getLong(0))
            : Arrays.binarySearch(doubles, x.number());
    return place >= 0 ? place + 1 : -place - 1;
  }

  private static double nearest(Object number) {
    return number instanceof BigDecimal decimal
        ? Decimals.toDouble(Decimals.bitsOf(decimal))
        : ((Number) number).doubleValue();
  }

  private static String textOf(ExpressionEvaluator x) {
    return x.type() == ValueType.STRING ? x.text() : Long.toString(x.value().getLong(0));
  }
}
