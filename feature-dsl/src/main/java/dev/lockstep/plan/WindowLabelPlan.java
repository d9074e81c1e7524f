package dev.lockstep.plan;

import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.OptionalLong;

/**
 * A label of what happens in the window (t, t + length] after the request (L3).
 *
 * @param view of one feature, over the last {@code lengthMicros}: the label is what it answers as
 *     of t + length, knowing everything
 */
public record WindowLabelPlan(ViewPlan view, long lengthMicros) implements Branch, LabelPlan {

  @Override
  public int index() {
    return view.index();
  }

  @Override
  public String name() {
    return view.name();
  }

  @Override
  public BranchInput input() {
    return view.input();
  }

  @Override
  public int source() {
    return view.source();
  }

  @Override
  public List<ValueType> resultTypes() {
    return view.resultTypes();
  }

  @Override
  public OptionalLong maturityMicros() {
    return OptionalLong.of(Micros.plusSaturating(lengthMicros, view.sourceLatenessMicros()));
  }
}
