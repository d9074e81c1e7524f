package dev.lockstep.cli.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Several sorted cursors as one. */
final class MergedEvents implements ReplayCursor {
  private static final Comparator<ReplayCursor> BY_NEXT =
      Comparator.comparing(c -> Objects.requireNonNull(c.peek()).place());

  private final List<ReplayCursor> all;
  private final PriorityQueue<ReplayCursor> byNext;

  MergedEvents(List<? extends ReplayCursor> cursors) {
    all = List.copyOf(cursors);
    byNext = new PriorityQueue<>(Math.max(1, all.size()), BY_NEXT);
    all.stream().filter(c -> c.peek() != null).forEach(byNext::add);
  }

  @Override
  public @Nullable ReplayEvent peek() {
    ReplayCursor first = byNext.peek();
    return first == null ? null : first.peek();
  }

  @Override
  public void advance() {
    ReplayCursor first = byNext.remove();
    first.advance();
    if (first.peek() != null) {
      byNext.add(first);
    }
  }

  @Override
  public void close() {
    all.forEach(ReplayCursor::close);
  }
}
