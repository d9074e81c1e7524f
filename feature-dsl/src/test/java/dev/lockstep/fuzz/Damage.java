package dev.lockstep.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Valid bytes with a few changes: what a broken disk, a cut message or an attacker sends. */
final class Damage {
  private static final int MOST_CHANGES = 4;
  private static final int MOST_INSERTED = 24;

  /** Numbers that ask for too much: as varint, as zigzag, as eight bytes; and ones of no end. */
  private static final List<byte[]> NUMBERS =
      List.of(
          bytes(0x00),
          bytes(0xFF),
          bytes(0x7F),
          bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x07),
          bytes(0xFE, 0xFF, 0xFF, 0xFF, 0x0F),
          bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x0F),
          bytes(0x80, 0x80, 0x80, 0x80, 0x10),
          bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F),
          bytes(0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01),
          bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01),
          bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
          bytes(0, 0, 0, 0, 0, 0, 0xF8, 0x7F),
          bytes(0, 0, 0, 0, 0, 0, 0, 0x80));

  private Damage() {}

  /** One of the examples, changed in a few places. */
  static byte[] of(List<byte[]> examples, Choices choices) {
    byte[] damaged = examples.get(choices.below(examples.size()));
    int changes = choices.below(MOST_CHANGES + 1);
    for (int i = 0; i < changes; i++) {
      damaged = changed(damaged, examples, choices);
    }
    return damaged;
  }

  private static byte[] changed(byte[] bytes, List<byte[]> examples, Choices choices) {
    int at = choices.below(bytes.length + 1);
    int to = Math.min(bytes.length, at + choices.below(MOST_INSERTED));
    switch (choices.below(8)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> {
        return joined(bytes, at, to, new byte[0]);
      }
      case 2 -> {
        return joined(bytes, at, at, choices.bytes(MOST_INSERTED));
      }
      case 3 -> {
        return joined(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
      }
      case 4 -> {
        byte[] number = NUMBERS.get(choices.below(NUMBERS.size()));
        return joined(bytes, at, Math.min(bytes.length, at + choices.below(10)), number);
      }
      case 5 -> {
        byte[] other = examples.get(choices.below(examples.size()));
        int from = Math.min(at, other.length);
        return joined(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
      }
      default -> {
        byte[] one = bytes.clone();
        if (at < one.length) {
          one[at] = (byte) choices.below(256);
        }
        return one;
      }
    }
  }

  /** Bytes with {@code [from, to)} replaced. */
  private static byte[] joined(byte[] bytes, int from, int to, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(instead);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
