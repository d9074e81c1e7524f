package dev.lockstep.serving.score;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.FeatureVectorCodec;
import dev.lockstep.wire.ModelManifest;
import dev.lockstep.wire.WireException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the vectors that a model can score from those of other plans and from garbage. */
final class VectorReader {

  /** What a record turned out to be. */
  sealed interface Reading {}

  /** A vector of the model's plan. */
  record Readable(FeatureVector vector) implements Reading {}

  /** A vector of another plan. */
  record Foreign(String fingerprint, String reason) implements Reading {}

  /** Not a vector, or one that isn't what its fingerprint says. */
  record Garbage(String reason) implements Reading {}

  private final ModelManifest model;
  private final List<ValueType> types;

  /**
   * A reader of the vectors of a model's plan.
   *
   * @param types of the plan's features, of which the model may leave some out
   */
  VectorReader(ModelManifest model, List<ValueType> types) {
    this.model = model;
    this.types = List.copyOf(types);
  }

  Reading read(byte @Nullable [] message) {
    if (message == null) {
      return new Garbage("a record without a value");
    }
    FeatureVector vector;
    try {
      vector = FeatureVectorCodec.fromBytes(message, types);
    } catch (WireException typed) {
      try {
        // Another plan's features are of other types: then the plan is what is wrong.
        vector = FeatureVectorCodec.fromBytes(message);
      } catch (WireException e) {
        return new Garbage(String.valueOf(e.getMessage()));
      }
      return isForeign(vector) ? foreign(vector) : new Garbage(String.valueOf(typed.getMessage()));
    }
    return isForeign(vector) ? foreign(vector) : new Readable(vector);
  }

  private boolean isForeign(FeatureVector vector) {
    return !vector.fingerprint().equals(model.fingerprint());
  }

  private Foreign foreign(FeatureVector vector) {
    return new Foreign(
        vector.fingerprint(),
        "A vector of "
            + vector.featureSet()
            + " was computed by the plan "
            + vector.fingerprint()
            + ", the model "
            + model.name()
            + " "
            + model.version()
            + " was trained on the plan "
            + model.fingerprint()
            + " of "
            + model.featureSet()
            + ". Score it with a model of its plan.");
  }
}
