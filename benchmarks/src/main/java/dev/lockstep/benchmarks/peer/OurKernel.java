package dev.lockstep.benchmarks.peer;

import dev.lockstep.benchmarks.load.HotEntity;
import dev.lockstep.benchmarks.load.Views;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.value.Values;

/** The kernel. It could answer late events and requests as well; here none comes. */
final class OurKernel implements RequestKernel {
  private final HotEntity entity;
  private final int column;
  private long sequence;

  OurKernel() {
    ViewPlan view = Views.common();
    entity = new HotEntity(view);
    column = HotEntity.columnOf(view, "sum_10");
  }

  @Override
  public void add(long eventTimeMicros, long amount) {
    answer(eventTimeMicros, amount);
  }

  @Override
  public Values answer(long eventTimeMicros, long amount) {
    entity.event().setLong(column, amount);
    return entity.answer(eventTimeMicros, eventTimeMicros, ++sequence);
  }
}
