package dev.lockstep.plan;

import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A label found by the request's id in later events (L1, L2). Of an event only what the label reads
 * travels.
 *
 * @param input its predicates are what an event gives: the value, or the parts of {@code says}
 * @param withinMicros how long after the request an event may happen; empty for ever
 */
public record EventLabelPlan(
    int index,
    String name,
    BranchInput input,
    Says says,
    OptionalLong withinMicros,
    long sourceLatenessMicros)
    implements Branch, LabelPlan {

  /**
   * What an event says of a request.
   *
   * @param value over the columns of the label's source, and of the request where fields say so
   * @param happened whether the label is that an event came of which the value is true, rather than
   *     the first event's value
   * @param joined the value where it reads the request: over the request's columns, and, as
   *     features, the event's parts; null where an event gives the whole value
   */
  public record Says(TypedExpression value, boolean happened, @Nullable TypedExpression joined) {}

  /** What the label says, as a whole. */
  public TypedExpression value() {
    return says.value();
  }

  public boolean happened() {
    return says.happened();
  }

  /** The value over the request and an event's parts; null where the event gives it whole. */
  public @Nullable TypedExpression joined() {
    return says.joined();
  }

  @Override
  public int source() {
    return input.source();
  }

  @Override
  public List<ValueType> resultTypes() {
    return columnTypes();
  }

  @Override
  public ValueType type() {
    return value().type();
  }

  @Override
  public List<Integer> requestColumns() {
    TypedExpression joined = says.joined();
    return joined == null ? List.of() : joined.fields().sorted().distinct().toList();
  }

  @Override
  public OptionalLong maturityMicros() {
    return withinMicros.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Micros.plusSaturating(withinMicros.getAsLong(), sourceLatenessMicros));
  }
}
