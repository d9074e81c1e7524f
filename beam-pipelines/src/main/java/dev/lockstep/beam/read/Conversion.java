package dev.lockstep.beam.read;

/**
 * How what a column's pages hold becomes values of a component: many at a time for numbers. A value
 * that can't be one is its row's fault, kept in the buffer.
 */
abstract class Conversion {
  /** Numbers that are ours as they are. */
  static final Conversion NONE = new Conversion() {};

  /** Makes numbers as they are in the file, which the buffer's bits hold already, ours. */
  void numbers(ColumnBuffer in, int from, int count) {}

  /** Takes a value that pages hold as bytes. */
  void bytes(ColumnBuffer into, int row, byte[] bytes, int offset, int length) {
    throw new IllegalStateException("a column of numbers holds no bytes");
  }
}
