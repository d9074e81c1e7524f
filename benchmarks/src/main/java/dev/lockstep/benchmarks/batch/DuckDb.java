package dev.lockstep.benchmarks.batch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database of DuckDB's in memory, with a folder to spill to. */
final class DuckDb implements AutoCloseable {
  private static final String URL = "jdbc:duckdb:";

  private final Connection connection;

  private DuckDb(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens one. Its memory's limit is its own default, four fifths of the machine's.
   *
   * @param ordered whether results keep the order of the input, which costs it memory
   */
  static DuckDb open(int threads, boolean ordered, Path spill) throws SQLException {
    DuckDb database = new DuckDb(DriverManager.getConnection(URL));
    database.run("SET threads = " + threads);
    database.run("SET preserve_insertion_order = " + ordered);
    database.run("SET temp_directory = '" + text(spill) + "'");
    return database;
  }

  /** Runs a statement. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a query that gives one row. */
  <T> T one(String sql, Row<T> row) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      if (!result.next()) {
        throw new SQLException("no row for " + sql);
      }
      return row.of(result);
    }
  }

  /** Reads a row's columns. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet result) throws SQLException;
  }

  /** A path as the inside of a text in SQL. */
  static String text(Path path) {
    return path.toAbsolutePath().toString().replace("'", "''");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
