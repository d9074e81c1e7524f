package dev.lockstep.beam.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.kernel.BranchRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.Values;
import org.junit.jupiter.api.Test;

/** What is taken back before it comes never takes part, but for the question that it asked. */
class TakenBackTest {
  private static final FeaturePlan PLAN = FeaturePlan.of(ArrivalOrderTest.SET);
  private static final long AT = 1_000_000;

  private final PendingHeader header = new PendingHeader();
  private final TakenBack takenBack = new TakenBack(new ViewMessage(PLAN), 0, header);

  @Test
  void aRowIsLeftOutOnce() {
    takenBack.add(event(5, false));
    BranchRow other = event(6, false);
    assertSame(other, takenBack.leftOf(other));
    assertNull(takenBack.leftOf(event(5, false)));
    BranchRow again = event(5, false);
    assertSame(again, takenBack.leftOf(again));
    assertTrue(header.isBlank());
  }

  @Test
  void aRequestIsAnsweredWithoutItsEvent() {
    takenBack.add(event(5, false));
    BranchRow left = takenBack.leftOf(event(5, true));
    assertEquals(TakenBack.withoutEvent(event(5, true)), left);
  }

  @Test
  void itIsKeptInTheHeaderUntilItsRowWouldBePruned() {
    takenBack.add(event(5, false));
    PendingHeader read = PendingHeader.of(header.toBytes());
    TakenBack restored = new TakenBack(new ViewMessage(PLAN), 0, read);
    restored.prune(AT + 10, 10);
    assertEquals(1, read.takenBack.size());
    restored.prune(AT + 11, 10);
    assertTrue(read.isBlank());
  }

  private static BranchRow event(long sequence, boolean asks) {
    Values values = new Values(PLAN.views().get(0).columnTypes());
    return new BranchRow(true, asks, AT, AT, sequence, values, asks ? "s1" : null, 0);
  }
}
