package dev.lockstep.training.profile;

import dev.lockstep.beam.write.LabelledVector;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetReader;
import dev.lockstep.time.Micros;
import dev.lockstep.training.IdHash;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A training set's columns in memory, a sample of its rows where it is large. The only place that
 * reads a training set for the figures.
 *
 * <p>Which rows are of the sample is a function of their request ids: the same on every machine,
 * however the parts are written.
 */
final class TrainingColumns {
  /** Cells held: about a third of a gigabyte. */
  static final long MOST_CELLS = 40_000_000;

  static final long MOST_ROWS = 2_000_000;

  private final Manifest manifest;
  private final int oneIn;
  private final List<NumberColumn> numbers = new ArrayList<>();
  private final List<TextColumn> texts = new ArrayList<>();
  private final List<TextColumn> keys = new ArrayList<>();
  private final NumberColumn times;
  private final NumberColumn labels;
  private final NumberColumn idDigits;
  private final IdHashes ids;
  private long rows;

  private TrainingColumns(Manifest manifest, long mostRows) {
    this.manifest = manifest;
    TrainingSchema schema = manifest.schema();
    this.oneIn = (int) Math.max(1, (manifest.rows() + mostRows - 1) / mostRows);
    int capacity = (int) Math.min(manifest.rows() / oneIn + 16, 4 * MOST_ROWS);
    for (TrainingSchema.Column feature : schema.features()) {
      if (feature.type() == ValueType.STRING) {
        texts.add(new TextColumn(feature.name(), capacity));
      } else {
        numbers.add(new NumberColumn(feature.name(), feature.type(), capacity));
      }
    }
    schema.entities().forEach(e -> keys.add(new TextColumn(e, capacity)));
    times = new NumberColumn("event_time", ValueType.INSTANT, capacity);
    idDigits = new NumberColumn("request_id", ValueType.LONG, capacity);
    TrainingSchema.Column label = schema.label();
    labels =
        label == null
            ? new NumberColumn("", ValueType.DOUBLE, capacity)
            : new NumberColumn(label.name(), label.type(), capacity);
    ids = new IdHashes(capacity);
  }

  /**
   * Reads a training set.
   *
   * @throws dev.lockstep.beam.write.TrainingSetException if the folder isn't one
   */
  static TrainingColumns read(Path folder) {
    long features = Math.max(1, Manifest.read(folder).schema().features().size());
    return read(folder, Math.min(MOST_ROWS, MOST_CELLS / features));
  }

  static TrainingColumns read(Path folder, long mostRows) {
    TrainingSetReader reader = TrainingSetReader.open(folder);
    TrainingColumns columns = new TrainingColumns(reader.manifest(), mostRows);
    for (LabelledVector row : reader) {
      columns.add(row);
    }
    columns.ids.index();
    return columns;
  }

  private void add(LabelledVector row) {
    String id = row.vector().requestId();
    long hash = hash(id);
    boolean held = oneIn == 1 || Long.remainderUnsigned(hash, oneIn) == 0;
    rows++;
    times.add(row.vector().eventTimeMicros(), held);
    labels.add(number(row.label()), held);
    idDigits.add(digits(id), held);
    if (held) {
      ids.add(hash);
    }
    for (TextColumn key : keys) {
      key.add(row.vector().entities().get(key.name()), held);
    }
    Values values = row.vector().values();
    int nextText = 0;
    int nextNumber = 0;
    for (int i = 0; i < values.size(); i++) {
      if (values.type(i) == ValueType.STRING) {
        texts.get(nextText++).add(values.getString(i), held);
      } else {
        numbers.get(nextNumber++).add(number(values, i), held);
      }
    }
  }

  /**
   * Reads another set and gives each of its rows that is in this sample too.
   *
   * @param matched takes this set's row and the other set's features
   */
  void match(Path other, BiConsumer<Integer, Values> matched) {
    for (LabelledVector row : TrainingSetReader.open(other)) {
      int mine = ids.row(hash(row.vector().requestId()));
      if (mine >= 0) {
        matched.accept(mine, row.vector().values());
      }
    }
  }

  static double number(Values values, int i) {
    if (values.isNull(i)) {
      return Double.NaN;
    }
    return switch (values.type(i)) {
      case BOOLEAN -> values.getBoolean(i) ? 1 : 0;
      case INSTANT -> values.getLong(i);
      default -> values.getNumber(i);
    };
  }

  private static double number(@Nullable Object label) {
    if (label == null) {
      return Double.NaN;
    }
    if (label instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return label instanceof Instant time ? Micros.of(time) : ((Number) label).doubleValue();
  }

  /** An id's digits as a number: ids are often counted up, or hold a date. NaN without digits. */
  static double digits(String id) {
    double number = Double.NaN;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c >= '0' && c <= '9') {
        number = (Double.isNaN(number) ? 0 : number) * 10 + (c - '0');
      }
    }
    return number;
  }

  static long hash(String id) {
    return IdHash.of(id);
  }

  Manifest manifest() {
    return manifest;
  }

  /** All rows of the set, held or not. */
  long rows() {
    return rows;
  }

  /** Of how many rows one is held. */
  int oneIn() {
    return oneIn;
  }

  int size() {
    return times.size();
  }

  List<NumberColumn> numbers() {
    return numbers;
  }

  List<TextColumn> texts() {
    return texts;
  }

  List<TextColumn> keys() {
    return keys;
  }

  NumberColumn times() {
    return times;
  }

  /** All null if the set has no label. */
  NumberColumn labels() {
    return labels;
  }

  NumberColumn idDigits() {
    return idDigits;
  }
}
