package dev.lockstep.beam.coder;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.FeatureVectorCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one feature set, as the Avro messages they are published as.
 *
 * <p>In a pipeline of somebody's own the runner serialises this class into checkpoints: so it holds
 * one text and nothing else, under a name and a serial version that never change.
 */
public final class FeatureVectorCoder extends CustomCoder<FeatureVector> {
  private static final long serialVersionUID = 1L;

  private static final String COMMA = ",";

  /** The names of the features' types, in their order. */
  private final String types;

  private transient @Nullable List<ValueType> parsed;

  public FeatureVectorCoder(List<ValueType> featureTypes) {
    this.types = featureTypes.stream().map(ValueType::name).collect(Collectors.joining(COMMA));
  }

  private List<ValueType> types() {
    List<ValueType> known = parsed;
    if (known == null) {
      known =
          types.isEmpty()
              ? List.of()
              : Stream.of(types.split(COMMA)).map(ValueType::valueOf).toList();
      parsed = known;
    }
    return known;
  }

  @Override
  public void encode(FeatureVector vector, OutputStream out) throws IOException {
    ByteArrayCoder.of().encode(FeatureVectorCodec.toBytes(vector), out);
  }

  @Override
  public FeatureVector decode(InputStream in) throws IOException {
    return FeatureVectorCodec.fromBytes(ByteArrayCoder.of().decode(in), types());
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVectorCoder that && types.equals(that.types);
  }

  @Override
  public int hashCode() {
    return types.hashCode();
  }
}
