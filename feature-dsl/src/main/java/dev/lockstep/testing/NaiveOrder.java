package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The orders that the contract names, over boxed values. */
final class NaiveOrder {
  /** Knowledge order (C2); copies of one place by event time and values, so that it is total. */
  static final Comparator<SourceRow> KNOWLEDGE =
      Comparator.comparingLong(SourceRow::availableAtMicros)
          .thenComparingLong(SourceRow::sequence)
          .thenComparingLong(SourceRow::eventTimeMicros)
          .thenComparing(SourceRow::values, NaiveOrder::compareRows);

  /** The order inside a window (C3), but for the values that a feature reads. */
  static final Comparator<SourceRow> PLACE =
      Comparator.comparingLong(SourceRow::eventTimeMicros)
          .thenComparingLong(SourceRow::availableAtMicros)
          .thenComparingLong(SourceRow::sequence);

  private NaiveOrder() {}

  /** Value by value; the lists are of one length. */
  static int compareLists(List<@Nullable Object> a, List<@Nullable Object> b) {
    for (int i = 0; i < a.size(); i++) {
      int by = compare(a.get(i), b.get(i));
      if (by != 0) {
        return by;
      }
    }
    return 0;
  }

  /** Column by column. */
  static int compareRows(Values a, Values b) {
    for (int i = 0; i < a.size(); i++) {
      int by = compare(a.get(i), b.get(i));
      if (by != 0) {
        return by;
      }
    }
    return 0;
  }

  /** Null first, numbers by value, text by its UTF-8 bytes. */
  static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a instanceof String text) {
      return Arrays.compareUnsigned(
          text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
    }
    if (a instanceof Long number) {
      return number.compareTo((Long) b);
    }
    if (a instanceof Double number) {
      return number.compareTo((Double) b);
    }
    if (a instanceof BigDecimal number) {
      return number.compareTo((BigDecimal) b);
    }
    if (a instanceof Boolean flag) {
      return flag.compareTo((Boolean) b);
    }
    return ((Instant) a).compareTo((Instant) Objects.requireNonNull(b));
  }
}
