package dev.lockstep.beam.stream;

/** The space of a table's versions in the online store. */
public final class TableSpace {
  private TableSpace() {}

  public static String of(String table) {
    return "table." + table;
  }
}
