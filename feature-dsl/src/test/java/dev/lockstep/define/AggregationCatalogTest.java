package dev.lockstep.define;

import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.aggregate.Aggregation;
import dev.lockstep.testing.TestBench;
import dev.lockstep.value.ValueType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each aggregation has one description, and it says what the code does. */
class AggregationCatalogTest {
  /** What isn't an aggregation of its own: one of the user's, and counts by category. */
  private static final Set<String> OTHERS = Set.of("of", "countBy");

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  record Reading(String sensor, double x, double y, boolean up, Instant at) {}

  private static final EventSource<Reading> READINGS =
      EventSource.of(Reading.class).named("readings").eventTime(Reading::at);

  private static List<Method> factories(String name) {
    return Arrays.stream(Aggregations.class.getMethods())
        .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getName().equals(name))
        .toList();
  }

  @Test
  void everyFactoryHasOneDescription() {
    Set<String> factories =
        Arrays.stream(Aggregations.class.getMethods())
            .filter(m -> Modifier.isStatic(m.getModifiers()))
            .map(Method::getName)
            .filter(name -> !OTHERS.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> described =
        AggregationCatalog.all().stream().map(AggregationDescription::factory).sorted().toList();
    assertEquals(List.copyOf(factories), described);
  }

  /** Over columns and over expressions, with the arguments that the description names. */
  @Test
  void everyDescriptionIsOfItsFactories() {
    for (AggregationDescription d : AggregationCatalog.all()) {
      for (Class<?> kind : List.of(Column.class, Expression.class)) {
        assertTrue(
            factories(d.factory()).stream().anyMatch(m -> takes(m, d, kind)),
            () -> "no " + d.call() + " over " + kind.getSimpleName());
      }
    }
  }

  private static boolean takes(Method factory, AggregationDescription d, Class<?> kind) {
    Class<?>[] given = factory.getParameterTypes();
    if (given.length != d.arguments().size()) {
      return false;
    }
    for (int i = 0; i < given.length; i++) {
      if (kind.isAssignableFrom(given[i]) != d.inputs().contains(d.arguments().get(i))) {
        return false;
      }
    }
    return true;
  }

  @Test
  void eachIsFoundByItsName() {
    for (AggregationDescription d : AggregationCatalog.all()) {
      assertEquals(d, AggregationCatalog.named(d.example().name()).orElseThrow());
      assertEquals(d, AggregationCatalog.named(d.example().name() + "_by_by").orElseThrow());
    }
    assertEquals("topK", AggregationCatalog.named("top_2").orElseThrow().factory());
    assertEquals("topK", AggregationCatalog.named("top_k_1000").orElseThrow().factory());
    assertEquals("previous", AggregationCatalog.named("previous").orElseThrow().factory());
    assertTrue(AggregationCatalog.named("top_merchants").isEmpty());
  }

  @Test
  void typesAreToldInWords() {
    assertEquals("x: any; by: number, instant", described("argMax").takes());
    assertEquals("as x", described("argMax").gives());
    assertEquals("number", described("covariance").takes());
    assertEquals("DOUBLE", described("covariance").gives());
    assertEquals("as x", described("sum").gives());
    assertEquals("boolean", described("streak").takes());
    assertEquals("LONG", described("streak").gives());
    assertEquals("JSON list", described("topK").gives());
    assertEquals("JSON object", described("histogram").gives());
    assertEquals("-", described("count").takes());
    assertEquals("per value", described("median").keeps());
    assertEquals("an index", described("distinct").keeps());
    assertEquals("nothing", described("last").keeps());
    assertEquals("constant", described("sum").keeps());
  }

  private static AggregationDescription described(String factory) {
    return AggregationCatalog.all().stream()
        .filter(d -> d.factory().equals(factory))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void overNothingAndOneEventItGivesWhatItSays() {
    FeatureView<Reading> view =
        FeatureView.named("v").over(READINGS).by(Entity.string("sensor"), Reading::sensor);
    for (AggregationDescription d : AggregationCatalog.all()) {
      view = view.feature(d.factory(), example(d).over(last(days(1))).excludingRequest());
    }
    TestBench bench = TestBench.of(FeatureSet.named("s").forEach(READINGS).with(view));
    var nothing = bench.ask(reading(NOON));
    var one = bench.ask(reading(NOON.plus(Duration.ofHours(1))));
    for (AggregationDescription d : AggregationCatalog.all()) {
      Object overNothing = nothing.values().get(d.factory());
      Object overOne = one.values().get(d.factory());
      if (d.overNothing().startsWith("null")) {
        assertNull(overNothing, d.call());
      } else {
        assertEquals(d.overNothing(), String.valueOf(overNothing).replace(".0", ""), d.call());
      }
      if (d.overNothing().startsWith("null, also")) {
        assertNull(overOne, d.call());
      } else {
        assertNotNull(overOne, d.call());
      }
    }
  }

  private static Reading reading(Instant at) {
    return new Reading("s", 1, 2, true, at);
  }

  private static Aggregate<Reading> example(AggregationDescription d) {
    Aggregation example = d.example();
    List<Expression> inputs = new ArrayList<>();
    for (ValueType type : d.someInputs()) {
      inputs.add(
          type == ValueType.BOOLEAN
              ? field(Reading::up)
              : inputs.isEmpty() ? field(Reading::x) : field(Reading::y));
    }
    return Aggregate.ofExpressions(example, inputs.toArray(Expression[]::new));
  }
}
