package dev.lockstep.kernel;

import dev.lockstep.aggregate.LogIndexKind;
import dev.lockstep.aggregate.index.ExtremeIndex;
import dev.lockstep.aggregate.index.IndexedRows;
import dev.lockstep.aggregate.index.LogIndex;
import dev.lockstep.aggregate.index.OccurrenceIndex;
import dev.lockstep.value.ColumnVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The indexes of one event log: one for each column, filter and kind that a feature asks for. */
final class LogIndexes {
  private record Key(int column, int filter, LogIndexKind kind) {}

  private record Matching(List<Integer> inputs, int filter) {}

  private final EventLog log;
  private final Map<Key, LogIndex> byKey = new HashMap<>();
  private final Map<Matching, MatchingRows> matching = new HashMap<>();
  private final List<LogIndex> all = new ArrayList<>();

  LogIndexes(EventLog log) {
    this.log = log;
  }

  ExtremeIndex extreme(int column, int filter, boolean greatest) {
    LogIndexKind kind = greatest ? LogIndexKind.GREATEST : LogIndexKind.LEAST;
    return (ExtremeIndex)
        byKey.computeIfAbsent(
            new Key(column, filter, kind),
            k -> added(new ExtremeIndex(rows(column, filter), greatest)));
  }

  OccurrenceIndex occurrences(int column, int filter) {
    return (OccurrenceIndex)
        byKey.computeIfAbsent(
            new Key(column, filter, LogIndexKind.OCCURRENCES),
            k -> added(new OccurrenceIndex(rows(column, filter))));
  }

  /** Of some inputs and a filter: there from when it is first asked for. */
  MatchingRows matching(List<Integer> inputs, int filter) {
    return matching.computeIfAbsent(
        new Matching(inputs, filter),
        k ->
            added(
                new MatchingRows(
                    log,
                    inputs.stream().map(log.columns::get).toArray(ColumnVector[]::new),
                    filter < 0 ? null : log.columns.get(filter))));
  }

  /** From here on an index that knows the log's rows as they are now follows their changes. */
  <T extends LogIndex> T added(T index) {
    all.add(index);
    return index;
  }

  private IndexedRows rows(int column, int filter) {
    return new IndexedRows(log.columns.get(column), filter < 0 ? null : log.columns.get(filter));
  }

  void inserted(int row) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).inserted(row);
    }
  }

  void removing(int row) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).removing(row);
    }
  }

  void forgetting(int newBegin) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).forgetting(newBegin);
    }
  }

  void movingDown(int count) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).movingDown(count);
    }
  }
}
