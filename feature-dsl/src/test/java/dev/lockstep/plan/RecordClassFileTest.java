package dev.lockstep.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.define.Column;
import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FieldName;
import dev.lockstep.define.RecordCode;
import dev.lockstep.define.SnakeCase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * C17: which records have code of their own, told from their class files, and what they declare.
 */
class RecordClassFileTest {
  record Plain(
      boolean a, byte b, short c, int d, long e, float f, double g, String h, Instant at) {}

  record Boxed(@Nullable Long a, Optional<Double> b, BigDecimal c, Instant at) {
    /** Methods that are no accessors don't matter. */
    double twice() {
      return b.orElse(0.0) * 2;
    }

    static Boxed of(Instant at) {
      return new Boxed(null, Optional.empty(), BigDecimal.ONE, at);
    }
  }

  record EmptyCompact(long a, Instant at) {
    EmptyCompact {}
  }

  record Written(double a, Instant at) {
    Written(double a, Instant at) {
      this.at = at;
      this.a = a;
    }

    @Override
    public double a() {
      return a;
    }
  }

  record Checks(double a, Instant at) {
    Checks {
      if (a < 0) {
        throw new IllegalArgumentException("negative");
      }
    }
  }

  record Lower(String a, Instant at) {
    Lower {
      a = a.toLowerCase(Locale.ROOT);
    }
  }

  record Requires(String a, Instant at) {
    Requires {
      Objects.requireNonNull(a);
    }
  }

  record Swapped(double a, double b, Instant at) {
    Swapped(double a, double b, Instant at) {
      this.a = b;
      this.b = a;
      this.at = at;
    }
  }

  record Accessor(double a, Instant at) {
    @Override
    public double a() {
      return a + 1;
    }
  }

  record OtherField(double a, double b, Instant at) {
    @Override
    public double a() {
      return b;
    }
  }

  @RecordCode(version = 3)
  record Declared(String a, Instant at) {
    Declared {
      a = a.strip();
    }
  }

  @Test
  void recordsWithoutCode() {
    for (Class<?> type : List.of(Plain.class, Boxed.class, EmptyCompact.class, Written.class)) {
      assertEquals(Optional.empty(), RecordClassFile.ownCode(type), type.getSimpleName());
    }
  }

  @Test
  void recordsWithCode() {
    for (Class<?> type : List.of(Checks.class, Lower.class, Requires.class, Swapped.class)) {
      assertEquals(
          Optional.of("its constructor does more than take the components"),
          RecordClassFile.ownCode(type),
          type.getSimpleName());
    }
    for (Class<?> type : List.of(Accessor.class, OtherField.class)) {
      assertEquals(
          Optional.of("its accessor a() does more than return it"),
          RecordClassFile.ownCode(type),
          type.getSimpleName());
    }
  }

  private static <T> FeaturePlan plan(EventSource<T> source, Column<T, ?> read) {
    return FeaturePlan.of(FeatureSet.named("s").forEach(source.named("rows")).request("x", read));
  }

  @Test
  void codeWithoutAVersionIsADefinitionError() {
    DefinitionException e =
        assertThrows(
            DefinitionException.class,
            () -> plan(EventSource.of(Checks.class).eventTime(Checks::at), Checks::a));
    assertEquals(1, e.errors().size(), e.getMessage());
    assertEquals("source rows", e.errors().get(0).subject());
    assertEquals(
        "record Checks has code of its own: its constructor does more than take the components",
        e.errors().get(0).problem());
    assertEquals(
        "add @RecordCode(version = 1) to the record, and raise the version whenever the code's"
            + " meaning changes",
        e.errors().get(0).cure());
  }

  @Test
  void aDeclaredVersionCountsInTheFingerprint() {
    String text = plan(EventSource.of(Declared.class).eventTime(Declared::at), Declared::a).text();
    assertEquals(true, text.contains("record code v3 of a:text?,at:instant?"), text);
  }

  @SnakeCase
  record Snake(String cardId, @FieldName("a-b") double ab, String merchantURL, Instant at) {}

  record Same(@FieldName("x") String a, String x, Instant at) {}

  @Test
  void namesInFilesAndMessages() {
    assertEquals(
        List.of("card_id", "a-b", "merchant_url", "at"),
        RecordSchema.of(Snake.class).components().stream()
            .map(RecordSchema.Component::fieldName)
            .toList());
    DefinitionException e =
        assertThrows(
            DefinitionException.class,
            () -> plan(EventSource.of(Same.class).eventTime(Same::at), Same::a));
    assertEquals(
        "component [x] of Same has the name [x] in files and messages, as [a] has",
        e.errors().get(0).problem());
  }
}
