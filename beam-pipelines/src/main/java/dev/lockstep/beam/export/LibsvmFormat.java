package dev.lockstep.beam.export;

import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.beam.write.TrainingSetException;
import dev.lockstep.value.DoubleText;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines of {@code label index:value ...}: the features a model can read, as the floats that it
 * reads, in the vector's order and numbered from 0 as XGBoost and LightGBM do. What is null is left
 * out, which they take as missing; text has no number. A row without a label is left out.
 */
final class LibsvmFormat implements RowFormat {
  private final List<TrainingSchema.Column> features;
  private final int[] places;
  private final Appendable out;

  /**
   * @throws TrainingSetException if the training set has no label that is a number
   */
  LibsvmFormat(TrainingSchema schema, Appendable out) {
    TrainingSchema.Column label = schema.label();
    if (label == null || label.type() == ValueType.STRING) {
      throw new TrainingSetException(
          "libsvm needs a label that is a number or a boolean, and the training set's is "
              + (label == null ? "missing" : "[" + label.name() + "], a text")
              + "; backfill with such a label, or export csv",
          null);
    }
    int first = schema.columns().size() - 1 - schema.features().size();
    this.places =
        IntStream.range(0, schema.features().size())
            .filter(f -> schema.features().get(f).type() != ValueType.STRING)
            .map(f -> first + f)
            .toArray();
    this.features = schema.features().stream().filter(f -> f.type() != ValueType.STRING).toList();
    this.out = out;
  }

  @Override
  public boolean append(Values row) throws IOException {
    int label = row.size() - 1;
    if (row.isNull(label)) {
      return false;
    }
    out.append(number(row.asModelInput(label)));
    for (int f = 0; f < places.length; f++) {
      if (!row.isNull(places[f])) {
        out.append(' ').append(Integer.toString(f)).append(':');
        out.append(number(row.asModelInput(places[f])));
      }
    }
    out.append('\n');
    return true;
  }

  /** A float as it is read back, without a useless {@code .0}. */
  private static String number(float value) {
    return value == (int) value && Math.abs(value) < 1e7f
        ? Integer.toString((int) value)
        : DoubleText.of(value);
  }

  /** The features' numbers, names and kinds, as XGBoost's feature maps have them. */
  String featureMap() {
    StringBuilder map = new StringBuilder();
    for (int f = 0; f < features.size(); f++) {
      String kind =
          switch (features.get(f).type()) {
            case BOOLEAN -> "i";
            case LONG -> "int";
            default -> "q";
          };
      map.append(f)
          .append('\t')
          .append(features.get(f).name())
          .append('\t')
          .append(kind)
          .append('\n');
    }
    return map.toString();
  }
}
