package dev.lockstep.training;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A training set in memory, one float array a feature: NaN is null (missing for the model).
 *
 * <p>Features are what {@link Values#asModelInput} makes of them, the same as at serve time. Text
 * has no number: such a feature keeps its name and type, but no values; nor has one that wasn't
 * read. Of a request's id a hash is kept. Append-only; not thread-safe while rows are added.
 */
public final class TrainingRows {
  private static final int FIRST_CAPACITY = 1024;

  private final List<String> featureNames;
  private final List<ValueType> featureTypes;
  private final boolean[] held;
  private final float[][] columns;
  private float[] labels = new float[FIRST_CAPACITY];
  private long[] eventTimesMicros = new long[FIRST_CAPACITY];
  private long[] requestHashes = new long[FIRST_CAPACITY];
  private EntityKeys keys = new EntityKeys(List.of(), 0);
  private int size;

  /**
   * No rows yet, of the given features.
   *
   * @throws IllegalArgumentException if there aren't as many types as names
   */
  public TrainingRows(List<String> featureNames, List<ValueType> featureTypes) {
    if (featureNames.size() != featureTypes.size()) {
      throw new IllegalArgumentException(
          featureNames.size() + " names for " + featureTypes.size() + " types");
    }
    this.featureNames = List.copyOf(featureNames);
    this.featureTypes = List.copyOf(featureTypes);
    this.held = new boolean[featureNames.size()];
    this.columns = new float[featureNames.size()][];
    for (int i = 0; i < columns.length; i++) {
      held[i] = featureTypes.get(i) != ValueType.STRING;
      columns[i] = new float[held[i] ? FIRST_CAPACITY : 0];
    }
  }

  /**
   * Rows whose features' values are still to be put into {@link #column}.
   *
   * @param wanted the names of features to be held; text among them has no values
   * @param times event times in microseconds, kept
   * @param hashes of the requests' ids, kept
   * @param labels 0, 1 or NaN, kept
   */
  TrainingRows(
      List<String> featureNames,
      List<ValueType> featureTypes,
      Set<String> wanted,
      long[] times,
      long[] hashes,
      float[] labels) {
    this.featureNames = List.copyOf(featureNames);
    this.featureTypes = List.copyOf(featureTypes);
    this.held = new boolean[featureNames.size()];
    this.columns = new float[featureNames.size()][];
    this.size = times.length;
    for (int i = 0; i < columns.length; i++) {
      held[i] = featureTypes.get(i) != ValueType.STRING && wanted.contains(featureNames.get(i));
      columns[i] = new float[held[i] ? size : 0];
    }
    this.labels = labels;
    this.eventTimesMicros = times;
    this.requestHashes = hashes;
  }

  /**
   * A label that is one.
   *
   * @param requestId names the row, for the message
   * @throws TrainingException unless it is 0, 1 or NaN, which is null
   */
  static float checkedLabel(String requestId, float label) {
    if (label == 0 || label == 1 || Float.isNaN(label)) {
      return label;
    }
    throw new TrainingException(
        "the label of request [" + requestId + "] is " + label + ", not 0 or 1",
        "let the label's expression answer a boolean, such as a comparison");
  }

  /**
   * Adds a row; keeps nothing of {@code features}.
   *
   * @param features the vector, of this set's types
   * @param label 0 or 1, NaN for null
   * @throws IllegalArgumentException if the vector's types are others
   * @throws TrainingException if the label is neither 0 nor 1 nor NaN
   */
  public void add(String requestId, long eventTimeMicros, Values features, float label) {
    if (!features.types().equals(featureTypes)) {
      throw new IllegalArgumentException(
          "a vector of " + features.types() + " where " + featureTypes + " is expected");
    }
    if (size == labels.length) {
      grow();
    }
    for (int i = 0; i < columns.length; i++) {
      if (held[i]) {
        columns[i][size] = features.asModelInput(i);
      }
    }
    labels[size] = checkedLabel(requestId, label);
    eventTimesMicros[size] = eventTimeMicros;
    requestHashes[size] = IdHash.of(requestId);
    size++;
  }

  private void grow() {
    int capacity = Math.addExact(size, Math.max(size >> 1, FIRST_CAPACITY));
    for (int i = 0; i < columns.length; i++) {
      if (held[i]) {
        columns[i] = Arrays.copyOf(columns[i], capacity);
      }
    }
    labels = Arrays.copyOf(labels, capacity);
    eventTimesMicros = Arrays.copyOf(eventTimesMicros, capacity);
    requestHashes = Arrays.copyOf(requestHashes, capacity);
  }

  /** Whether a feature's values are here: it isn't text, and was read. */
  public boolean isHeld(int feature) {
    return held[feature];
  }

  /** Whose the rows are. */
  void setKeys(EntityKeys newKeys) {
    keys = newKeys;
  }

  /** The entities whose keys are known. */
  public List<String> entityNames() {
    return keys.names();
  }

  /** A number a row, the same for the same key of an entity: of some rows, in their order. */
  public int[] keyCodes(String entity, int[] selected) {
    return keys.of(entity, selected);
  }

  /**
   * A feature's values themselves, for filling; until rows are added.
   *
   * @throws IllegalStateException if they aren't here
   */
  float[] column(int feature) {
    if (!held[feature]) {
      throw new IllegalStateException(
          "feature [" + featureNames.get(feature) + "] is text, or wasn't read from the set");
    }
    return columns[feature];
  }

  /** How many rows. */
  public int size() {
    return size;
  }

  /** The features' names, in the vector's order. */
  public List<String> featureNames() {
    return featureNames;
  }

  /** The features' types, in the vector's order. */
  public List<ValueType> featureTypes() {
    return featureTypes;
  }

  /** The names of the features that a model can read: all but text. */
  public List<String> numericFeatureNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      if (featureTypes.get(i) != ValueType.STRING) {
        names.add(featureNames.get(i));
      }
    }
    return names;
  }

  /** 0 or 1 where the set is sound, NaN for null. */
  public float label(int row) {
    return labels[row];
  }

  /** A copy of all labels, in the rows' order. */
  public float[] labels() {
    return Arrays.copyOf(labels, size);
  }

  /** The labels of some rows, in their order. */
  public float[] labels(int[] selected) {
    float[] some = new float[selected.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = labels[selected[i]];
    }
    return some;
  }

  /** Whether a feature is null in every row; one whose values aren't here isn't. */
  public boolean isAllNull(int feature) {
    if (!isHeld(feature)) {
      return false;
    }
    for (int row = 0; row < size; row++) {
      if (!Float.isNaN(columns[feature][row])) {
        return false;
      }
    }
    return true;
  }

  /** When the request happened: microseconds since the epoch. */
  public long eventTimeMicros(int row) {
    return eventTimesMicros[row];
  }

  /** {@link IdHash} of the request's declared id, else of its place in its source. */
  public long requestHash(int row) {
    return requestHashes[row];
  }

  /** The value of a feature as a model reads it; NaN for null. */
  public float value(int row, int feature) {
    return columns[feature][row];
  }

  /**
   * The places of features in the vector.
   *
   * @throws TrainingException for no name, a name twice, a name that isn't there, and text
   */
  public int[] indexesOf(List<String> names) {
    if (names.isEmpty()) {
      throw new TrainingException(
          "no features to learn from", "name at least one of " + numericFeatureNames());
    }
    int[] indexes = new int[names.size()];
    for (int i = 0; i < indexes.length; i++) {
      String name = names.get(i);
      indexes[i] = featureNames.indexOf(name);
      if (indexes[i] < 0) {
        throw new TrainingException(
            "feature [" + name + "] is not in the training set",
            "name some of " + featureNames + ", or export the set again with the feature");
      }
      if (names.indexOf(name) < i) {
        throw new TrainingException("feature [" + name + "] is named twice", "name it once");
      }
      if (featureTypes.get(indexes[i]) == ValueType.STRING) {
        throw new TrainingException(
            "feature [" + name + "] is text, which a tree can't split",
            "derive a boolean or a number from it in the feature set (an equality, a count, an"
                + " average by it), or train without it");
      }
    }
    return indexes;
  }

  /**
   * Some rows of some features, row after row: what a small dense matrix is made of.
   *
   * @param rows the rows, by index
   * @param features the features, by place in the vector; none of them text
   * @throws IllegalArgumentException if it has more values than an array holds
   */
  public float[] matrix(int[] rows, int[] features) {
    if ((long) rows.length * features.length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          rows.length + " rows of " + features.length + " features don't fit in one array");
    }
    float[] matrix = new float[rows.length * features.length];
    copy(rows, features, (index, value) -> matrix[(int) index] = value);
    return matrix;
  }

  /** Takes the values of a matrix, row after row. */
  public interface MatrixSink {
    /** The next value. */
    void value(long index, float value);
  }

  /** Hands on some rows of some features as {@link #matrix} has them, however many they are. */
  public void copy(int[] rows, int[] features, MatrixSink into) {
    float[][] chosen = new float[features.length][];
    for (int j = 0; j < chosen.length; j++) {
      chosen[j] = column(features[j]);
    }
    long index = 0;
    for (int row : rows) {
      for (float[] column : chosen) {
        into.value(index++, column[row]);
      }
    }
  }
}
