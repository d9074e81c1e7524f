package dev.lockstep.beam.simulation;

import dev.lockstep.value.Values;
import java.util.Map;
import java.util.TreeMap;

/** Vectors as text that tells each bit: what would print alike must be alike. */
final class VectorText {
  private VectorText() {}

  static String of(Map<String, String> entities, Values values) {
    StringBuilder text = new StringBuilder().append(new TreeMap<>(entities));
    for (int i = 0; i < values.size(); i++) {
      text.append(' ').append(values.get(i));
      if (!values.isNull(i)) {
        text.append('#').append(Long.toHexString(values.bits(i)));
      }
    }
    return text.toString();
  }
}
