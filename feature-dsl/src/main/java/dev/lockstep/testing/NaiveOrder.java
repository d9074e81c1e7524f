package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.SourcePlan;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The orders that the contract names, over boxed values. */
final class NaiveOrder {
  /** Knowledge order (C2), and event time. */
  private static final Comparator<SourceRow> KNOWLEDGE =
      Comparator.comparingLong(SourceRow::availableAtMicros)
          .thenComparingLong(SourceRow::sequence)
          .thenComparingLong(SourceRow::eventTimeMicros);

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

  /**
   * Knowledge order of a source's rows; copies of one place by what features read of the record, in
   * the order of its components, then by computed columns in that of their names; what only a label
   * reads comes after all that, in the same order (C9).
   */
  static Comparator<SourceRow> knowledge(SourcePlan source) {
    List<Integer> columns = new ArrayList<>();
    int ofFeatures = source.copies().ofFeatures();
    addInOrder(source, source.columns().subList(0, ofFeatures), 0, columns);
    addInOrder(
        source, source.columns().subList(ofFeatures, source.columns().size()), ofFeatures, columns);
    return KNOWLEDGE.thenComparing(
        (a, b) -> {
          for (int column : columns) {
            int by = compare(a.values().get(column), b.values().get(column));
            if (by != 0) {
              return by;
            }
          }
          return 0;
        });
  }

  private static void addInOrder(
      SourcePlan source, List<ColumnPlan> of, int from, List<Integer> into) {
    for (RecordComponent component : source.schema().recordType().getRecordComponents()) {
      for (int i = 0; i < of.size(); i++) {
        if (of.get(i).computed() == null && of.get(i).name().equals(component.getName())) {
          into.add(from + i);
        }
      }
    }
    TreeMap<String, Integer> computed = new TreeMap<>();
    for (int i = 0; i < of.size(); i++) {
      if (of.get(i).computed() != null) {
        computed.put(of.get(i).identity(), from + i);
      }
    }
    into.addAll(computed.values());
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
