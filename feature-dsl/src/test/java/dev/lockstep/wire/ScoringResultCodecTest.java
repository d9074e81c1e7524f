package dev.lockstep.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.value.ScoringResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoringResultCodecTest {
  private static ScoringResult result(double score) {
    return new ScoringResult(
        "fraud_v1", "r-1", Map.of("card", "c-1"), score, 0.5, "fraud", "3", "ab12", 1, 2, 3, 4, 5);
  }

  @Test
  void goldenBytesAreWrittenAndRead() throws IOException {
    byte[] golden = GoldenFiles.hex("scoring-result.hex");
    assertEquals(
        HexFormat.of().formatHex(golden),
        HexFormat.of().formatHex(ScoringResultCodec.toBytes(result(0.75))));
    assertEquals(result(0.75), ScoringResultCodec.fromBytes(golden));
  }

  @Test
  void bytesCutOrAddedAreRefused() {
    byte[] bytes = ScoringResultCodec.toBytes(result(0.75));
    for (int length = 0; length <= bytes.length + 1; length++) {
      byte[] other = Arrays.copyOf(bytes, length);
      if (length != bytes.length) {
        assertThrows(WireException.class, () -> ScoringResultCodec.fromBytes(other));
      }
    }
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    byte[] bytes = ScoringResultCodec.toBytes(result(Double.NaN));
    WireException e = assertThrows(WireException.class, () -> ScoringResultCodec.fromBytes(bytes));
    assertEquals("a score of NaN", e.getMessage());
  }
}
