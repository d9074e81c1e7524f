package dev.lockstep.beam.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a row that waits for its label. */
class WaitingRowTest {
  private static final List<ValueType> TYPES =
      List.of(ValueType.DOUBLE, ValueType.LONG, ValueType.STRING, ValueType.BOOLEAN);

  private static WaitingRow row() {
    Values features = new Values(TYPES);
    features.setDouble(0, 0.5);
    features.setString(2, "x");
    features.setBoolean(3, true);
    return new WaitingRow(1_000_000, 1_000_001, "r-7", "k", Arrays.asList("c", null), features);
  }

  private static byte[] bytes(WaitingRow row) {
    ByteWriter out = new ByteWriter();
    row.write(out);
    return out.toByteArray();
  }

  @Test
  void isReadAsItWasWritten() {
    byte[] bytes = bytes(row());
    assertEquals(row(), WaitingRow.read(TYPES, new ByteReader(bytes)));
    assertEquals(1_000_000, WaitingRow.eventTimeOf(bytes));
    WaitingRow keyless =
        new WaitingRow(5, 3, "", null, List.of(), new Values(List.of(ValueType.LONG)));
    assertEquals(keyless, WaitingRow.read(List.of(ValueType.LONG), new ByteReader(bytes(keyless))));
  }

  @Test
  void itsBytesStayWhatTheyAre() {
    assertEquals(
        "40420f0000000000" // event time
            + "02" // availability: one later
            + "06722d37" // request id
            + "01026b" // label key
            + "02010263" // two entities: c,
            + "00" // none
            + "0d000000000000e03f027801", // features
        HexFormat.of().formatHex(bytes(row())));
  }

  @Test
  void whatIsNoneIsRefused() {
    byte[] bytes = bytes(row());
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThrows(WireException.class, () -> WaitingRow.read(TYPES, new ByteReader(part)));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(WireException.class, () -> WaitingRow.read(TYPES, new ByteReader(longer)));
  }
}
