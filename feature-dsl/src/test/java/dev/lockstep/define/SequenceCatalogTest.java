package dev.lockstep.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.AggregationCatalog.Entry;
import dev.lockstep.value.ValueType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue's entries of order, categories, times and steps say what the code does. */
class SequenceCatalogTest {
  @Test
  void everyEntryIsOfAFactoryAndTrue() {
    Set<String> factories =
        Arrays.stream(Aggregations.class.getMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
    Set<String> calls = new HashSet<>();
    for (Entry entry : SequenceCatalog.entries()) {
      String call = entry.call().substring(0, entry.call().indexOf('('));
      assertTrue(factories.contains(call), () -> "no factory " + call);
      assertTrue(calls.add(call), () -> "twice: " + call);
      assertEquals(Optional.empty(), entry.example().rejection(entry.exampleInputs()), call);
      ValueType type = entry.example().resultType(entry.exampleInputs());
      assertEquals(entry.example().givesJson(), entry.gives().startsWith("JSON"), call);
      if (entry.gives().equals("as x")) {
        assertEquals(ValueType.DOUBLE, type, call); // as its examples' inputs are
      } else if (!entry.example().givesJson()) {
        assertEquals(entry.gives(), type.name(), call);
      }
    }
    assertEquals(21, calls.size());
    assertTrue(AggregationCatalog.entries().containsAll(SequenceCatalog.entries()));
  }
}
