package dev.lockstep.aggregate;

import dev.lockstep.time.WindowBounds;
import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.JsonText;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code x.by(category)}: an aggregation of each category's events. STRING: a JSON object with the
 * categories as keys, in their order; null over nothing.
 *
 * <p>The category is the first input; the inner aggregation's follow.
 */
public record ByCategory(Aggregation inner) implements Aggregation {

  @Override
  public String name() {
    return inner.name() + "_by";
  }

  @Override
  public Optional<String> rejection(List<ValueType> inputs) {
    return inner.rejection(rest(inputs));
  }

  @Override
  public Optional<String> rejection(WindowBounds window) {
    return inner.rejection(window);
  }

  @Override
  public ValueType resultType(List<ValueType> inputs) {
    return ValueType.STRING;
  }

  @Override
  public boolean givesJson() {
    return true;
  }

  @Override
  public Cost cost() {
    return Cost.WINDOW;
  }

  @Override
  public Exactness exactness() {
    return inner.exactness();
  }

  @Override
  public void finish(WindowState state, WindowRows rows, Values out, int index) {
    ColumnVector category = rows.input(0);
    Map<Integer, List<Integer>> byCategory = new TreeMap<>(category::compare);
    for (int position = rows.from(); position < rows.to(); position++) {
      int row = rows.inOrder(position);
      if (rows.takesPart(row)) {
        byCategory.computeIfAbsent(row, r -> new ArrayList<>()).add(row);
      }
    }
    if (byCategory.isEmpty()) {
      out.setNull(index);
      return;
    }
    List<ValueType> inputs = new ArrayList<>();
    for (int i = 1; i < rows.inputs(); i++) {
      inputs.add(rows.input(i).type());
    }
    JsonText map = JsonText.map();
    Values result = new Values(List.of(inner.resultType(inputs)));
    byCategory.forEach(
        (row, ofCategory) -> {
          new CategoryRows(rows, ofCategory).finish(inner, inputs, result);
          map.key(category, row);
          if (inner.givesJson() && !result.isNull(0)) {
            map.json(Objects.requireNonNull(result.getString(0)));
          } else {
            map.value(result, 0);
          }
        });
    out.setString(index, map.end());
  }

  private static List<ValueType> rest(List<ValueType> inputs) {
    return inputs.subList(1, inputs.size());
  }
}
