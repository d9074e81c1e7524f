package dev.lockstep.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDifferenceTest {
  @Test
  void linesOfEitherTextAreShownInOrder() {
    assertEquals(
        List.of("- b", "+ B", "+ e"), PlanDifference.lines("a\nb\nc\nd\n", "a\nB\nc\nd\ne\n"));
    assertEquals(List.of("- a"), PlanDifference.lines("a\nb\n", "b\n"));
    assertEquals(List.of("+ x"), PlanDifference.lines("", "x"));
  }

  @Test
  void equalTextsDontDiffer() {
    assertEquals(List.of(), PlanDifference.lines("a\nb\n", "a\nb\n"));
    assertEquals(List.of(), PlanDifference.lines("", ""));
  }
}
