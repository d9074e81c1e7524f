package dev.lockstep.beam.write;

/** The distinct values of a column chunk, which its pages refer to by number. */
interface ValueDictionary extends ValueEncoder {
  /** How many values there are. */
  int size();

  /** Appends the values in PLAIN encoding, by number. */
  void encodeValues(PageBytes out);
}
