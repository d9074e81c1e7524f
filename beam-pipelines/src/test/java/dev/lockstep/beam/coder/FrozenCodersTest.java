package dev.lockstep.beam.coder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.beam.read.Rejected;
import dev.lockstep.value.ValueType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The coders that a pipeline of somebody's own has in its checkpoints, Java-serialised by the
 * runner: what was written must be read for ever.
 */
class FrozenCodersTest {
  private static final String VECTORS =
      "rO0ABXNyACpkZXYubG9ja3N0ZXAuYmVhbS5jb2Rlci5GZWF0dXJlVmVjdG9yQ29kZXIAAAAAAAAAAQIAAUwA"
          + "BXR5cGVzdAASTGphdmEvbGFuZy9TdHJpbmc7eHIAJm9yZy5hcGFjaGUuYmVhbS5zZGsuY29kZXJzLkN1c3Rv"
          + "bUNvZGVyarAInQs7HQsCAAB4cgAgb3JnLmFwYWNoZS5iZWFtLnNkay5jb2RlcnMuQ29kZXL2IkBXVfe4gwIA"
          + "AHhwdAATTE9ORyxTVFJJTkcsREVDSU1BTA==";
  private static final String REJECTED =
      "rO0ABXNyACVkZXYubG9ja3N0ZXAuYmVhbS5jb2Rlci5SZWplY3RlZENvZGVyAAAAAAAAAAECAAB4cgAhZGV2"
          + "LmxvY2tzdGVwLmJlYW0uY29kZXIuQmxvYkNvZGVyAAAAAAAAAAECAAB4cgAmb3JnLmFwYWNoZS5iZWFtLnNk"
          + "ay5jb2RlcnMuQ3VzdG9tQ29kZXJqsAidCzsdCwIAAHhyACBvcmcuYXBhY2hlLmJlYW0uc2RrLmNvZGVycy5D"
          + "b2RlcvYiQFdV97iDAgAAeHA=";

  @Test
  void theCoderOfVectorsIsThatOfTheFirstVersion() throws Exception {
    FeatureVectorCoder coder =
        new FeatureVectorCoder(List.of(ValueType.LONG, ValueType.STRING, ValueType.DECIMAL));
    assertEquals(VECTORS, serialised(coder));
    assertEquals(coder, deserialised(VECTORS));
  }

  @Test
  void theCoderOfRejectedRowsIsThatOfTheFirstVersion() throws Exception {
    assertEquals(REJECTED, serialised(new RejectedCoder()));
    assertEquals(new RejectedCoder(), deserialised(REJECTED));
  }

  @Test
  void aRejectedRowComesBackAsItWas() {
    Rejected late = new Rejected(Rejected.Kind.LATE, "swipes", "too late", "a.parquet:7");
    assertEquals(late, RejectedCoder.fromBytes(RejectedCoder.toBytes(late)));
  }

  private static String serialised(Object coder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(coder);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @SuppressWarnings("BanSerializableRead") // it is what the runner does
  private static Object deserialised(String base64) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
      return in.readObject();
    }
  }
}
