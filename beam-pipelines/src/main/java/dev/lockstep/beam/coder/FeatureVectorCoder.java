package dev.lockstep.beam.coder;

import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.FeatureVectorCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;

/** Vectors of one feature set, as the Avro messages they are published as. */
public final class FeatureVectorCoder extends CustomCoder<FeatureVector> {
  private static final long serialVersionUID = 1L;

  private final List<ValueType> types;

  public FeatureVectorCoder(List<ValueType> featureTypes) {
    this.types = List.copyOf(featureTypes);
  }

  @Override
  public void encode(FeatureVector vector, OutputStream out) throws IOException {
    ByteArrayCoder.of().encode(FeatureVectorCodec.toBytes(vector), out);
  }

  @Override
  public FeatureVector decode(InputStream in) throws IOException {
    return FeatureVectorCodec.fromBytes(ByteArrayCoder.of().decode(in), types);
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
