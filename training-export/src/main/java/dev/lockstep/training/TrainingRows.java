package dev.lockstep.training;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A training set in memory, one float array a feature: NaN is null (missing for the model).
 *
 * <p>Features are what {@link Values#asModelInput} makes of them, the same as at serve time. Text
 * has no number: such a feature keeps its name and type, but no values. Append-only; not
 * thread-safe while rows are added.
 */
public final class TrainingRows {
  private static final int FIRST_CAPACITY = 1024;

  private final List<String> featureNames;
  private final List<ValueType> featureTypes;
  private final float[][] columns;
  private float[] labels = new float[FIRST_CAPACITY];
  private long[] eventTimesMicros = new long[FIRST_CAPACITY];
  private String[] requestIds = new String[FIRST_CAPACITY];
  private EntityKeys keys = new EntityKeys(List.of());
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
    this.columns = new float[featureNames.size()][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new float[featureTypes.get(i) == ValueType.STRING ? 0 : FIRST_CAPACITY];
    }
  }

  /**
   * Adds a row; keeps nothing of {@code features}.
   *
   * @param features the vector, of this set's types
   * @param label 0 or 1, NaN for null
   * @throws IllegalArgumentException if the vector's types are others
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
      if (featureTypes.get(i) != ValueType.STRING) {
        columns[i][size] = features.asModelInput(i);
      }
    }
    labels[size] = label;
    eventTimesMicros[size] = eventTimeMicros;
    requestIds[size] = requestId;
    size++;
  }

  private void grow() {
    resize(Math.addExact(size, Math.max(size >> 1, 1)));
  }

  private void resize(int capacity) {
    for (int i = 0; i < columns.length; i++) {
      if (featureTypes.get(i) != ValueType.STRING) {
        columns[i] = Arrays.copyOf(columns[i], capacity);
      }
    }
    labels = Arrays.copyOf(labels, capacity);
    eventTimesMicros = Arrays.copyOf(eventTimesMicros, capacity);
    requestIds = Arrays.copyOf(requestIds, capacity);
  }

  /**
   * Makes room for so many rows in all, at once.
   *
   * @throws TrainingException for more than an array holds
   */
  void reserve(long rows) {
    if (rows > Integer.MAX_VALUE - 8) {
      throw new TrainingException(
          rows + " rows don't fit in memory", "export a shorter range of time");
    }
    if (rows > labels.length) {
      resize((int) rows);
    }
  }

  /** Adds rows, to be filled by {@link #setRequest}, {@link #column} and {@link #labelColumn}. */
  void extend(int count) {
    if (size + count > labels.length) {
      resize(Math.addExact(size + count, (size + count) >> 1));
    }
    size += count;
  }

  void setRequest(int row, String requestId, long eventTimeMicros) {
    requestIds[row] = requestId;
    eventTimesMicros[row] = eventTimeMicros;
  }

  /** Whose the rows are, to be filled as they are added. */
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

  /** A feature's values themselves, for filling; until rows are added. */
  float[] column(int feature) {
    return columns[feature];
  }

  /** The labels themselves, for filling; until rows are added. */
  float[] labelColumn() {
    return labels;
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

  /** Whether a feature is null in every row; text, which has no values here, isn't. */
  public boolean isAllNull(int feature) {
    if (featureTypes.get(feature) == ValueType.STRING) {
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

  /** The request's declared id, else its place in its source. */
  public String requestId(int row) {
    return requestIds[row];
  }

  /** The value of a feature as a model reads it; NaN for null. */
  public float value(int row, int feature) {
    return columns[feature][row];
  }

  /** The same rows by event time, then request id; rows alike in both keep their order. */
  public TrainingRows inTimeOrder() {
    int[] order = TimeOrder.of(eventTimesMicros, requestIds, size);
    TrainingRows sorted = new TrainingRows(featureNames, featureTypes);
    for (int i = 0; i < columns.length; i++) {
      if (featureTypes.get(i) != ValueType.STRING) {
        sorted.columns[i] = permuted(columns[i], order);
      }
    }
    sorted.labels = permuted(labels, order);
    sorted.eventTimesMicros = Arrays.stream(order).mapToLong(r -> eventTimesMicros[r]).toArray();
    sorted.requestIds = Arrays.stream(order).mapToObj(r -> requestIds[r]).toArray(String[]::new);
    sorted.keys = keys.permuted(order);
    sorted.size = size;
    return sorted;
  }

  private static float[] permuted(float[] values, int[] order) {
    float[] permuted = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      permuted[i] = values[order[i]];
    }
    return permuted;
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
   * Some rows of some features, row after row: what a dense matrix is made of.
   *
   * @param rows the rows, by index
   * @param features the features, by place in the vector; none of them text
   * @throws TrainingException if it has more values than an array holds
   */
  public float[] matrix(int[] rows, int[] features) {
    if ((long) rows.length * features.length > Integer.MAX_VALUE - 8) {
      throw new TrainingException(
          rows.length + " rows of " + features.length + " features don't fit in one matrix",
          "export a shorter range of time");
    }
    float[] matrix = new float[rows.length * features.length];
    for (int j = 0; j < features.length; j++) {
      float[] column = columns[features[j]];
      for (int i = 0; i < rows.length; i++) {
        matrix[i * features.length + j] = column[rows[i]];
      }
    }
    return matrix;
  }
}
