package dev.lockstep.plan;

import static dev.lockstep.define.Expressions.number;
import static dev.lockstep.define.Expressions.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionError;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.NumberExpression;
import dev.lockstep.define.TextExpression;
import dev.lockstep.define.TimeExpression;
import dev.lockstep.plan.Shop.Swipe;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** C13: what is wrong with an expression is said before anything runs, with the cure. */
class ExpressionErrorsTest {
  private static final NumberExpression AMOUNT = request(Swipe::amount);
  private static final TextExpression CARD = request(Swipe::card);
  private static final TimeExpression AT = request(Swipe::at);
  private static final NumberExpression SEQ = request(Swipe::seq);

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
  void whatTheCompilerCannotSee() {
    assertErrors(
        set()
            .derive("a", AMOUNT.hash(10))
            .derive("b", SEQ.plus(new BigInteger("9223372036854775808")))
            .derive("c", SEQ.isIn(1, new BigInteger("2")))
            .derive("d", AMOUNT.atLeast(new BigDecimal("0.0000001")))
            .derive("e", AT.lessThan(Instant.ofEpochSecond(0, 1)))
            .derive("f", AT.lessThan(Instant.MAX))
            .derive("g", AT.plus(Duration.ofNanos(1)))
            .derive("h", AT.minus(Duration.ofSeconds(Long.MIN_VALUE)))
            .derive("i", number(untyped(Swipe::card)).abs()),
        """
        feature a: hash can't take DOUBLE
            cure: give it text or an integer
        feature b: the constant 9223372036854775808 is no 64-bit integer
            cure: give a long, a double or a BigDecimal
        feature c: the constant 2 is no 64-bit integer
            cure: give a long, a double or a BigDecimal
        feature d: the decimal 1E-7 has more than 6 digits behind the point: send it rounded, or declare a double
            cure: give a decimal that fits, or a double
        feature e: the constant 1970-01-01T00:00:00.000000001Z is not a number of 64-bit microseconds
            cure: give an instant of whole microseconds
        feature f: the constant +1000000000-12-31T23:59:59.999999999Z is not a number of 64-bit microseconds
            cure: give an instant of whole microseconds
        feature g: an instant is moved by PT0.000000001S, which is not a number of 64-bit microseconds
            cure: give a duration of whole microseconds: plus(hours(2))
        feature h: an instant is moved by PT-2562047788015215H-30M-8S, which is not a number of 64-bit microseconds
            cure: give a duration of whole microseconds: plus(hours(2))
        feature i: abs can't take STRING
            cure: give it a number""");
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // what the compiler would refuse
  private static Column<Swipe, Number> untyped(Column<Swipe, String> column) {
    return (Column) column;
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
        feature b: bucketise(1, 10, 10) has boundaries that aren't finite and ascending
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
