package dev.lockstep.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.expression.BinaryOperator;
import dev.lockstep.expression.CallOperator;
import dev.lockstep.expression.Node;
import dev.lockstep.expression.TimePart;
import dev.lockstep.expression.UnaryOperator;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.ExpressionEvaluator;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** C6, C7: every node of a random expression is to the bit what the definition says. */
class RandomExpressionsTest {
  private static final int ROWS_EACH = 5;

  @Property(tries = 2000, seed = "20261122")
  void evaluatorEqualsOracle(
      @ForAll long seed, @ForAll @IntRange(max = 5) int depth, @ForAll ValueType type) {
    check(new RandomExpressions(seed), type, depth, new HashSet<>());
  }

  /** The comparison compares something: each operator gives values, and not null alone. */
  @Test
  void everyOperatorGivesValues() {
    Set<Object> expected = new HashSet<>();
    expected.addAll(List.of(UnaryOperator.values()));
    expected.addAll(List.of(BinaryOperator.values()));
    expected.addAll(List.of(CallOperator.values()));
    expected.addAll(List.of(TimePart.values()));
    expected.addAll(List.of(Node.When.class, Node.CalendarDays.class, Node.Shift.class));
    Set<Object> seen = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      RandomExpressions random = new RandomExpressions(seed);
      check(random, ValueType.values()[seed % ValueType.values().length], 4, seen);
    }
    expected.removeAll(seen);
    assertEquals(Set.of(), expected);
  }

  private static void check(
      RandomExpressions random, ValueType type, int depth, Set<Object> operators) {
    FeaturePlan plan =
        FeaturePlan.of(
            FeatureSet.named("s")
                .forEach(
                    EventSource.of(RandomExpressions.Row.class)
                        .named("rows")
                        .eventTime(RandomExpressions.Row::at))
                .request("f_flag", RandomExpressions.Row::flag)
                .request("f_items", RandomExpressions.Row::items)
                .request("f_amount", RandomExpressions.Row::amount)
                .request("f_country", RandomExpressions.Row::country)
                .request("f_price", RandomExpressions.Row::price)
                .request("f_since", RandomExpressions.Row::since)
                .derive("d", random.expression(type, depth)));
    assertEquals(type, plan.features().get(6).type());
    RowIntake intake = RowIntake.of(plan, plan.sources().get(0));
    for (int i = 0; i < ROWS_EACH; i++) {
      Values fields = intake.values(random.row());
      Values features = new Values(plan.featureTypes());
      for (int f = 0; f < 6; f++) {
        features.copy(f, fields, plan.derived().get(f).index());
      }
      compare(plan.derived().get(6), fields, features, operators);
    }
  }

  private static void compare(
      TypedExpression e, Values fields, Values features, Set<Object> operators) {
    for (TypedExpression operand : e.operands()) {
      compare(operand, fields, features, operators);
    }
    Values out = new Values(List.of(e.type()));
    new ExpressionEvaluator(e).evaluate(fields, features, out, 0);
    Object expected = NaiveExpressions.value(e, fields, features);
    // Boxed doubles are equal when their bits are, all NaN being one.
    assertEquals(expected, out.get(0), () -> e + " of " + fields + " and " + features);
    if (expected != null) {
      operators.add(operator(e.expression()));
    }
  }

  private static Object operator(Node e) {
    if (e instanceof Node.Unary unary) {
      return unary.operator();
    }
    if (e instanceof Node.Binary binary) {
      return binary.operator();
    }
    if (e instanceof Node.Call call) {
      return call.operator();
    }
    return e instanceof Node.LocalTime time ? time.part() : e.getClass();
  }
}
