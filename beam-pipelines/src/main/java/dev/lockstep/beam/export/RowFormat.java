package dev.lockstep.beam.export;

import dev.lockstep.value.Values;
import java.io.IOException;

/** The text of one exported file, row by row. */
interface RowFormat {
  /**
   * Appends one row of a training set, with all its columns.
   *
   * @return false if the row is left out, because it has no label and the format needs one
   */
  boolean append(Values row) throws IOException;
}
