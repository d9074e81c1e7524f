package dev.lockstep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.beam.coder.RejectedCoder;
import dev.lockstep.value.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

/** That nothing of ours is found in what Flink saves must not be for want of looking. */
class SavedClassesTest {
  @Test
  void classesAreFoundAsJavaAndAsBeamSerialiseThem() throws Exception {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    saved.write(new byte[] {1, 2, 3});
    saved.write(SerializableUtils.serializeToByteArray(new RejectedCoder()));
    saved.write("what follows".getBytes(StandardCharsets.UTF_8));
    try (ObjectOutputStream out = new ObjectOutputStream(saved)) {
      out.writeObject(ValueType.LONG);
    }
    Set<String> found = new TreeSet<>();
    SavedClasses.find(saved.toByteArray(), found);
    assertEquals(
        Set.of(
            "dev.lockstep.beam.coder.BlobCoder",
            "dev.lockstep.beam.coder.RejectedCoder",
            "dev.lockstep.value.ValueType"),
        found);
  }
}
