package dev.lockstep.expression;

import dev.lockstep.value.ValueType;

/** What a reference to a feature takes it for: the kind of expression that it begins. */
public enum FeatureKind {
  NUMBER("a number", "feature"),
  TEXT("text", "textFeature"),
  TIME("an instant", "timeFeature"),
  CONDITION("a boolean", "conditionFeature");

  private final String words;
  private final String method;

  FeatureKind(String words, String method) {
    this.words = words;
    this.method = method;
  }

  /** The kind of a type's values. */
  public static FeatureKind of(ValueType type) {
    return switch (type) {
      case LONG, DOUBLE, DECIMAL -> NUMBER;
      case STRING -> TEXT;
      case INSTANT -> TIME;
      case BOOLEAN -> CONDITION;
    };
  }

  /** What it is, in words. */
  public String words() {
    return words;
  }

  /** The method that refers to a feature of this kind. */
  public String method() {
    return method;
  }
}
