package dev.lockstep.define;

import dev.lockstep.define.Column.OfColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named, versioned function of an event.
 *
 * @param version part of the fingerprint; raise it when the function's meaning changes
 * @param function of the whole event
 * @param inputs the columns that it reads; empty for the whole event
 * @param ofInputs the function of the inputs' values; null where there are none
 */
public record ComputedColumn<T, R>(
    String name,
    int version,
    Class<R> type,
    Column<T, R> function,
    List<Column<T, ?>> inputs,
    @Nullable OfColumns ofInputs)
    implements Column<T, R> {

  public ComputedColumn {
    inputs = List.copyOf(inputs);
  }

  /** Whether it reads whole events, since it declares no columns. */
  public boolean readsWholeEvents() {
    return ofInputs == null;
  }

  @Override
  public R apply(T event) {
    return function.apply(event);
  }
}
