package dev.lockstep.beam.write;

import dev.lockstep.beam.read.ParquetRows;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.nio.file.Files;
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
   * Opens a training set's folder, or a folder of days, which are read as one.
   *
   * @throws TrainingSetException if it has no manifest: it isn't one, or wasn't finished
   */
  public static TrainingSetReader open(Path folder) {
    Manifest manifest = Manifest.read(folder);
    if (Files.isRegularFile(folder.resolve(Manifest.FILE))) {
      return new TrainingSetReader(manifest, TrainingSetFolder.parts(folder));
    }
    return new TrainingSetReader(
        manifest,
        DayFolders.of(folder).stream()
            .flatMap(day -> TrainingSetFolder.parts(day).stream())
            .toList());
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

  /**
   * Reads some columns in the order of the rows, a chunk at a time: no object is made for a row.
   *
   * @param names among the names of {@link TrainingSchema#columns}
   * @throws IllegalArgumentException if the training set has no column of a name
   * @throws dev.lockstep.beam.read.HistoryFileException if a part is damaged
   */
  public void forEachChunk(List<String> names, ParquetRows.ChunkSink sink) {
    Map<String, Map.Entry<String, ValueType>> columns = new LinkedHashMap<>();
    manifest.schema().columns().forEach(c -> columns.put(c.getKey(), c));
    List<String> unknown = names.stream().filter(n -> !columns.containsKey(n)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the training set has no column "
              + unknown
              + "; its columns are: "
              + List.copyOf(columns.keySet()));
    }
    List<Map.Entry<String, ValueType>> wanted =
        names.stream().map(n -> Objects.requireNonNull(columns.get(n))).toList();
    for (Path part : parts) {
      ParquetRows.forEachChunk(part.toString(), wanted, sink);
    }
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
