package dev.lockstep.beam.batch;

import dev.lockstep.beam.snapshot.EntityRecord;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor of a benchmark: as many results as the branches would give, copied from the row's own
 * columns. What it costs is moving the data.
 */
final class CopyKernel extends KeyKernel {
  CopyKernel(KeySpace space, int asksOfPlan) {
    super(space, asksOfPlan);
  }

  @Override
  void begin(String key, @Nullable EntityRecord held) {}

  @Override
  void row(RoutedRow row, Sink sink) throws IOException {
    if (!row.asks) {
      return;
    }
    Arrays.fill(answers, null);
    for (int b = 0; b < branches.length; b++) {
      if (space.isAsked(b, row.requestMask)) {
        copy(row, results[b]);
        space.answer(b, row.requestMask, results[b], answers);
      }
    }
    sink.answered(row, answers);
  }

  private static void copy(RoutedRow row, Values result) {
    Values carried = row.values;
    int from = carried == null ? -1 : firstDouble(carried.types());
    for (int i = 0; i < result.size(); i++) {
      switch (result.type(i)) {
        case DOUBLE -> {
          if (carried == null || from < 0 || carried.isNull(from)) {
            result.setNull(i);
          } else {
            result.setBits(i, carried.bits(from));
          }
        }
        case STRING -> result.setString(i, row.key);
        case BOOLEAN -> result.setBoolean(i, true);
        case LONG, DECIMAL, INSTANT -> result.setLong(i, row.row & 0xFF);
      }
    }
  }

  private static int firstDouble(List<ValueType> types) {
    return types.indexOf(ValueType.DOUBLE);
  }

  @Override
  void end(Sink sink) {}

  @Override
  List<byte @Nullable []> states(long cutMicros) {
    return List.of();
  }
}
