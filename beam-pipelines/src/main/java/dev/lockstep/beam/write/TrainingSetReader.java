package dev.lockstep.beam.write;

import dev.lockstep.beam.read.ParquetRows;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/** A published training set: what it is, and its rows in the order of its parts. */
public final class TrainingSetReader implements Iterable<LabelledVector> {
  private final Manifest manifest;
  private final List<Path> parts;

  private TrainingSetReader(Manifest manifest, List<Path> parts) {
    this.manifest = manifest;
    this.parts = List.copyOf(parts);
  }

  /**
   * Opens a training set's folder.
   *
   * @throws TrainingSetException if it has no manifest: it isn't one, or wasn't finished
   */
  public static TrainingSetReader open(Path folder) {
    return new TrainingSetReader(Manifest.read(folder), TrainingSetFolder.parts(folder));
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The files of the rows, in order. */
  public List<Path> parts() {
    return parts;
  }

  /**
   * The rows; one part is held in memory at a time.
   *
   * @throws dev.lockstep.beam.read.HistoryFileException while iterating, if a part is damaged
   */
  @Override
  public Iterator<LabelledVector> iterator() {
    return new Rows();
  }

  private final class Rows implements Iterator<LabelledVector> {
    private final Iterator<Path> left = parts.iterator();
    private Iterator<Values> rows = List.<Values>of().iterator();

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && left.hasNext()) {
        rows = ParquetRows.of(left.next().toString(), manifest.schema().columns()).iterator();
      }
      return rows.hasNext();
    }

    @Override
    public LabelledVector next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return vector(rows.next());
    }
  }

  private LabelledVector vector(Values row) {
    TrainingSchema schema = manifest.schema();
    Map<String, String> entities = new LinkedHashMap<>();
    for (int e = 0; e < schema.entities().size(); e++) {
      String key = row.getString(3 + e);
      if (key != null) {
        entities.put(schema.entities().get(e), key);
      }
    }
    List<ValueType> types = schema.features().stream().map(TrainingSchema.Column::type).toList();
    Values values = new Values(types);
    for (int f = 0; f < types.size(); f++) {
      values.copy(f, row, schema.firstFeature() + f);
    }
    return new LabelledVector(
        new FeatureVector(
            manifest.featureSet(),
            manifest.fingerprint(),
            Objects.requireNonNull(row.getString(0)),
            row.getLong(1),
            row.getLong(2),
            entities,
            values,
            0,
            0),
        schema.label() == null ? null : row.get(row.size() - 1));
  }
}
