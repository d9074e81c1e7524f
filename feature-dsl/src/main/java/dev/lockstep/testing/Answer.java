package dev.lockstep.testing;

import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's vector, by the names of its features. Each method refuses a name that the set doesn't
 * have, and a type that the feature isn't of, with an {@link IllegalArgumentException}.
 */
public final class Answer {
  private final FeaturePlan plan;
  private final OracleVector vector;
  private final Explainer explainer;

  Answer(FeaturePlan plan, OracleVector vector, Explainer explainer) {
    this.plan = plan;
    this.vector = vector;
    this.explainer = explainer;
  }

  /** The value as a Boolean, Long, Double, BigDecimal, String or Instant; null where it is null. */
  public @Nullable Object value(String feature) {
    return vector.values().get(indexOf(feature));
  }

  /** A number as the nearest double, whatever its type; null where it is null. */
  public @Nullable Double number(String feature) {
    Object value = value(feature);
    if (value != null && !(value instanceof Number)) {
      throw otherType(feature, "a number");
    }
    return value == null ? null : ((Number) value).doubleValue();
  }

  /** An integer, which is what counts are; null where it is null. */
  public @Nullable Long integer(String feature) {
    return as(feature, Long.class, "an integer");
  }

  /** A text; null where it is null. */
  public @Nullable String text(String feature) {
    return as(feature, String.class, "text");
  }

  /** A condition's value; null where it is null. */
  public @Nullable Boolean bool(String feature) {
    return as(feature, Boolean.class, "a boolean");
  }

  /** An instant; null where it is null. */
  public @Nullable Instant instant(String feature) {
    return as(feature, Instant.class, "an instant");
  }

  /** All values by name, in the vector's order; null is a null. */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FeatureColumn feature : plan.features()) {
      values.put(feature.name(), value(feature.name()));
    }
    return values;
  }

  /** The keys of the request's entities as text, by entity; one whose key is null is absent. */
  public Map<String, String> entities() {
    return vector.entities();
  }

  /**
   * Where a feature's value comes from: of a view's feature each event of the view's source with
   * why it is in or out, of a field of a table each version, of an expression what it reads.
   */
  public Explanation explain(String feature) {
    return explainer.explain(indexOf(feature), vector.values());
  }

  private int indexOf(String feature) {
    List<String> names = plan.features().stream().map(FeatureColumn::name).toList();
    int index = names.indexOf(feature);
    if (index < 0) {
      throw new IllegalArgumentException(
          "set " + plan.name() + " has no feature [" + feature + "]; it has " + names);
    }
    return index;
  }

  private <T> @Nullable T as(String feature, Class<T> type, String what) {
    Object value = value(feature);
    if (value != null && !type.isInstance(value)) {
      throw otherType(feature, what);
    }
    return type.cast(value);
  }

  private IllegalArgumentException otherType(String feature, String what) {
    return new IllegalArgumentException(
        "["
            + feature
            + "] is a "
            + plan.features().get(indexOf(feature)).type()
            + " and not "
            + what);
  }

  /** The values by name, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values().forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    return text.toString();
  }
}
