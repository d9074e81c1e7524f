package dev.lockstep.training.compare;

import dev.lockstep.training.compare.StoredRows.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The first rows in which two training sets differ, and in which columns. */
final class RowDifferences {
  /** Groups of ids looked at: enough for the rows shown, few enough to hold their hashes. */
  private static final int MOST_GROUPS = 32;

  private record Row(Place place, long high, long low) {
    boolean same(Row other) {
      return high == other.high && low == other.low;
    }
  }

  private final StoredRows one;
  private final StoredRows other;
  private final int most;

  /**
   * @param most how many rows are shown
   */
  RowDifferences(StoredRows one, StoredRows other, int most) {
    this.one = one;
    this.other = other;
    this.most = most;
  }

  /**
   * Finds them.
   *
   * @param groups in which rows differ
   * @return a text for each row, by request id
   */
  List<String> in(List<Integer> groups) {
    Set<Integer> looked = new HashSet<>(groups.subList(0, Math.min(MOST_GROUPS, groups.size())));
    Map<Long, List<Row>> ones = rows(one, looked);
    Map<Long, List<Row>> others = rows(other, looked);
    Set<Long> ids = new HashSet<>(ones.keySet());
    ids.addAll(others.keySet());
    List<String> found = new ArrayList<>();
    for (long id : ids.stream().sorted().toList()) {
      List<Row> left = new ArrayList<>(ones.getOrDefault(id, List.of()));
      List<Row> right = new ArrayList<>(others.getOrDefault(id, List.of()));
      removeCommon(left, right);
      for (int i = 0; i < Math.max(left.size(), right.size()) && found.size() < most; i++) {
        found.add(
            i >= right.size()
                ? only(one, left.get(i))
                : i >= left.size()
                    ? only(other, right.get(i))
                    : columns(left.get(i), right.get(i)));
      }
      if (found.size() >= most) {
        break;
      }
    }
    return found.stream().sorted().toList();
  }

  private static Map<Long, List<Row>> rows(StoredRows stored, Set<Integer> groups) {
    Map<Long, List<Row>> rows = new HashMap<>();
    stored.hashes(
        (place, id, high, low) -> {
          if (groups.contains(RowDigest.group(id))) {
            rows.computeIfAbsent(id, i -> new ArrayList<>()).add(new Row(place, high, low));
          }
        });
    Comparator<Row> order = Comparator.comparingLong(Row::high);
    rows.values().forEach(r -> r.sort(order.thenComparingLong(Row::low)));
    return rows;
  }

  /** Each row away with its like, once: a row that is there once more than in the other stays. */
  private static void removeCommon(List<Row> left, List<Row> right) {
    left.removeIf(
        l -> {
          for (int r = 0; r < right.size(); r++) {
            if (right.get(r).same(l)) {
              right.remove(r);
              return true;
            }
          }
          return false;
        });
  }

  private String only(StoredRows where, Row row) {
    return "request "
        + values(where, row).get(StoredRows.ID)
        + ": a row is in "
        + where.folder()
        + " only";
  }

  private String columns(Row left, Row right) {
    Map<String, String> a = values(one, left);
    Map<String, String> b = values(other, right);
    StringBuilder text = new StringBuilder("request ").append(a.get(StoredRows.ID)).append(':');
    a.forEach(
        (column, shown) -> {
          if (!Objects.equals(shown, b.get(column))) {
            text.append("\n    ").append(column).append(": ").append(shown);
            text.append(" <> ").append(b.get(column));
          }
        });
    return text.toString();
  }

  private static Map<String, String> values(StoredRows stored, Row row) {
    Map<String, String> values = new TreeMap<>();
    stored.values(Set.of(row.place()), (place, column, shown) -> values.put(column, shown));
    return new LinkedHashMap<>(values);
  }
}
