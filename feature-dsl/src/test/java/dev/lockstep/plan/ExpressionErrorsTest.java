package dev.lockstep.plan;

import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Expression;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.Shop.Swipe;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** C13: what is wrong with an expression is said before anything runs, with the cure. */
class ExpressionErrorsTest {
  private static final Expression AMOUNT = request(Swipe::amount);
  private static final Expression CARD = request(Swipe::card);
  private static final Expression AT = request(Swipe::at);
  private static final Expression SEQ = request(Swipe::seq);

  private static FeatureSet<Swipe> set() {
    return FeatureSet.named("s").forEach(Shop.swipes()).request("amount", Swipe::amount);
  }

  private static void assertErrors(FeatureSet<?> set, String expected) {
    DefinitionException thrown = assertThrows(DefinitionException.class, () -> FeaturePlan.of(set));
    assertEquals(
        expected,
        thrown.errors().stream().map(DefinitionError::toString).collect(Collectors.joining("\n")));
  }

  @Test
  void operandsOfTheWrongType() {
    assertErrors(
        set()
            .derive("a", CARD.abs())
            .derive("b", AMOUNT.lower())
            .derive("c", AMOUNT.asInteger())
            .derive("d", AMOUNT.max(AT))
            .derive("e", CARD.remainder(SEQ))
            .derive("f", CARD.notEqualTo(1))
            .derive("g", CARD.isIn(1, 2))
            .derive("h", CARD.clip(1, 2))
            .derive("i", AT.bucketise(1, 2))
            .derive("j", AMOUNT.hash(10))
            .derive("k", distance(AMOUNT, AMOUNT, AMOUNT, CARD))
            .derive("l", CARD.timeOfWeekSine())
            .derive("m", when(AMOUNT.isNull()).then("none").otherwise(1))
            .oneHot("n", CARD, 7),
        """
        feature a: abs can't take STRING
            cure: give it a number
        feature b: lower can't take DOUBLE
            cure: give it text
        feature c: asInteger can't take DOUBLE
            cure: give it a boolean
        feature d: max can't take DOUBLE and INSTANT
            cure: give it two numbers or two instants
        feature e: % can't take STRING and LONG
            cure: give it two numbers
        feature f: != can't take STRING and LONG
            cure: give it two values of one type
        feature g: isIn can't take STRING and LONG
            cure: give it two values of one type
        feature h: clip can't take STRING
            cure: give it a number
        feature i: bucketise can't take INSTANT
            cure: give it a number
        feature j: hash can't take DOUBLE
            cure: give it text or an integer
        feature k: distance can't take DOUBLE and DOUBLE and DOUBLE and STRING
            cure: give it four numbers, in degrees
        feature l: the time of day or week can't take STRING
            cure: give it an Instant
        feature m: when can't take BOOLEAN and STRING and LONG
            cure: give it a condition and two values of one type
        feature n_7: = can't take STRING and LONG
            cure: give it two values of one type""");
  }

  @Test
  void boundaries() {
    assertErrors(
        set()
            .derive("a", AMOUNT.bucketise())
            .derive("b", AMOUNT.bucketise(1, 10, 10))
            .derive("c", AMOUNT.bucketise(1, Double.POSITIVE_INFINITY))
            .derive("d", AMOUNT.bucketise(-0.0, 0.0)),
        """
        feature a: bucketise() has no boundary
            cure: list at least one finite boundary, each greater than the one before
        feature b: bucketise(1.0, 10.0, 10.0) has boundaries that aren't finite and ascending
            cure: list at least one finite boundary, each greater than the one before
        feature c: bucketise(1.0, Infinity) has boundaries that aren't finite and ascending
            cure: list at least one finite boundary, each greater than the one before
        feature d: bucketise(0.0, 0.0) has boundaries that aren't finite and ascending
            cure: list at least one finite boundary, each greater than the one before""");
  }

  @Test
  void otherParameters() {
    assertErrors(
        set()
            .derive("a", SEQ.clip(2, 1))
            .derive("b", AMOUNT.clip(0, Double.NaN))
            .derive("c", CARD.isIn(new String[0]))
            .derive("d", AMOUNT.isIn(1.0, Double.NaN))
            .derive("e", CARD.hash(0)),
        """
        feature a: clip(2, 1) has no value between its bounds
            cure: give two finite bounds, the lower first
        feature b: clip(0.0, NaN) has no value between its bounds
            cure: give two finite bounds, the lower first
        feature c: isIn() lists no value
            cure: list at least one value, and finite numbers only
        feature d: isIn(1.0, NaN) lists what is no finite number
            cure: list at least one value, and finite numbers only
        feature e: hash(0) has no bucket
            cure: give at least one: hash(1024)""");
  }

  @Test
  void oneHot() {
    assertErrors(
        set()
            .oneHot("a", CARD, new String[0])
            .oneHot("b", CARD, "US", "DE", "US")
            .oneHot("c", CARD, "New York")
            .oneHot("d", SEQ, -1)
            .oneHot("e", CARD, "US")
            .derive("e_US", AMOUNT),
        """
        feature a: its one-hot encoding lists no value
            cure: list at least one: oneHot("country", request(Order::country), "US")
        feature b: its one-hot encoding lists [US] twice
            cure: list each value once
        feature c: its one-hot encoding lists [New York], which can't be part of a feature's name
            cure: add that one by itself: .derive("a_name", expression.equalTo(value).asInteger())
        feature d: its one-hot encoding lists [-1], which can't be part of a feature's name
            cure: add that one by itself: .derive("a_name", expression.equalTo(value).asInteger())
        feature e_US: the name is used twice, by derived feature and by derived feature
            cure: rename one of the two""");
  }
}
