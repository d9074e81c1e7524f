package dev.lockstep.benchmarks.doors;

import java.io.IOException;

/** One way to read all rows of a data set. */
interface Side {
  /**
   * Reads them.
   *
   * @return the sum of all quantities, in which both sides of a comparison must agree
   */
  long read() throws IOException;
}
