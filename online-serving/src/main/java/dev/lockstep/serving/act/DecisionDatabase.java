package dev.lockstep.serving.act;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The decisions taken, in an embedded database in one file, together with how far the scores have
 * been read: both change in one transaction, so that after a crash neither is without the other.
 *
 * <pre>
 * decisions   request_id (key), action, score, threshold, model_version, fingerprint,
 *             entities (JSON), event_time, ingested_at (null if nobody said), decided_at
 * offsets     topic_id, partition (key), next_offset
 * </pre>
 *
 * <p>Positions belong to a topic's identity, not its name: a topic made anew is read from its
 * begin. One process at a time may open the file. For any thread, one at a time.
 */
public final class DecisionDatabase implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXT_MAP = new TypeReference<>() {};
  private static final int FILE_IN_USE = 90020;

  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS decisions (
        request_id VARCHAR PRIMARY KEY, action VARCHAR NOT NULL, score DOUBLE PRECISION NOT NULL,
        threshold DOUBLE PRECISION NOT NULL, model_version VARCHAR NOT NULL,
        fingerprint VARCHAR NOT NULL, entities VARCHAR NOT NULL,
        event_time TIMESTAMP(6) WITH TIME ZONE NOT NULL,
        ingested_at TIMESTAMP(6) WITH TIME ZONE,
        decided_at TIMESTAMP(6) WITH TIME ZONE NOT NULL);
      CREATE TABLE IF NOT EXISTS offsets (
        topic_id VARCHAR, partition INTEGER, next_offset BIGINT NOT NULL,
        PRIMARY KEY (topic_id, partition));
      ALTER TABLE decisions ALTER COLUMN ingested_at DROP NOT NULL;
      """;

  private static final String INSERT =
      """
      INSERT INTO decisions SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
      WHERE NOT EXISTS (SELECT 1 FROM decisions WHERE request_id = ?1)
      """;

  private final Path file;
  private final Connection connection;

  private DecisionDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * The database in a file, made if it isn't there.
   *
   * @param file without the ending {@code .mv.db}, which the database adds
   * @throws DecisionException if it is in use by another process or can't be opened
   */
  public static DecisionDatabase open(Path file) {
    Path path = file.toAbsolutePath();
    if (path.toString().contains(";")) {
      throw new DecisionException(
          "The decisions' file " + path + " has a semicolon in its name. Choose another.", null);
    }
    try {
      // By default a commit reaches the file half a second later: a kill would take it back.
      String url = "jdbc:h2:file:" + path + ";WRITE_DELAY=0";
      Connection connection = DriverManager.getConnection(url, "sa", "");
      try (Statement statement = connection.createStatement()) {
        statement.execute(TABLES);
      }
      connection.setAutoCommit(false);
      return new DecisionDatabase(path, connection);
    } catch (SQLException e) {
      throw new DecisionException(
          e.getErrorCode() == FILE_IN_USE
              ? "The decisions in "
                  + path
                  + " are in use by another actor. Stop it, or give this"
                  + " one a file of its own."
              : "The decisions in " + path + " can't be opened: " + e.getMessage(),
          e);
    }
  }

  /** The next offset to read by partition; partitions that were never read are absent. */
  synchronized Map<Integer, Long> positions(Uuid topic) {
    return sql(
        "SELECT partition, next_offset FROM offsets WHERE topic_id = ?",
        select -> {
          select.setString(1, topic.toString());
          Map<Integer, Long> positions = new HashMap<>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              positions.put(rows.getInt(1), rows.getLong(2));
            }
          }
          return positions;
        });
  }

  /**
   * Keeps decisions and positions in one transaction: all of it or nothing. What it has returned
   * outlives a kill of the process.
   *
   * @return how many decisions are new; those on a request decided before change nothing
   */
  synchronized int keep(List<Decision> decisions, Uuid topic, Map<Integer, Long> positions) {
    try {
      int added = decisions.isEmpty() ? 0 : insert(decisions);
      move(topic, positions);
      connection.commit();
      return added;
    } catch (SQLException e) {
      try {
        connection.rollback();
      } catch (SQLException second) {
        e.addSuppressed(second);
      }
      throw failed(e);
    }
  }

  private int insert(List<Decision> decisions) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Decision d : decisions) {
        insert.setString(1, d.requestId());
        insert.setString(2, d.action());
        insert.setDouble(3, d.score());
        insert.setDouble(4, d.threshold());
        insert.setString(5, d.modelVersion());
        insert.setString(6, d.fingerprint());
        insert.setString(7, json(d.entities()));
        insert.setObject(8, d.eventTime().atOffset(ZoneOffset.UTC));
        Instant ingestedAt = d.ingestedAt();
        insert.setObject(9, ingestedAt == null ? null : ingestedAt.atOffset(ZoneOffset.UTC));
        insert.setObject(10, d.decidedAt().atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      int added = 0;
      for (int rows : insert.executeBatch()) {
        added += rows;
      }
      return added;
    }
  }

  private void move(Uuid topic, Map<Integer, Long> positions) throws SQLException {
    try (PreparedStatement merge =
        connection.prepareStatement("MERGE INTO offsets VALUES (?, ?, ?)")) {
      for (Map.Entry<Integer, Long> position : positions.entrySet()) {
        merge.setString(1, topic.toString());
        merge.setInt(2, position.getKey());
        merge.setLong(3, position.getValue());
        merge.addBatch();
      }
      merge.executeBatch();
    }
  }

  /** The number of decisions taken. */
  public synchronized long count() {
    return sql(
        "SELECT COUNT(*) FROM decisions",
        select -> {
          try (ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  /** The latest decisions, newest first; at most {@code limit}. */
  public synchronized List<Decision> latest(int limit) {
    return sql(
        "SELECT * FROM decisions ORDER BY decided_at DESC, request_id LIMIT ?",
        select -> {
          select.setInt(1, limit);
          List<Decision> decisions = new ArrayList<>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              decisions.add(decision(rows));
            }
          }
          return decisions;
        });
  }

  private static Decision decision(ResultSet row) throws SQLException {
    return new Decision(
        row.getString("request_id"),
        row.getString("action"),
        row.getDouble("score"),
        row.getDouble("threshold"),
        row.getString("model_version"),
        row.getString("fingerprint"),
        entities(row.getString("entities")),
        instant(row, "event_time"),
        instantOrNull(row, "ingested_at"),
        instant(row, "decided_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime read = row.getObject(column, OffsetDateTime.class);
    return read == null ? null : read.toInstant();
  }

  private static String json(Map<String, String> entities) {
    try {
      return JSON.writeValueAsString(entities);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of text is always JSON", e);
    }
  }

  private static Map<String, String> entities(String json) throws SQLException {
    try {
      return JSON.readValue(json, TEXT_MAP);
    } catch (JsonProcessingException e) {
      throw new SQLException("entities are no JSON: " + json, e);
    }
  }

  /** A use of a statement. */
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private <T> T sql(String text, Use<T> use) {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      return use.of(statement);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private DecisionException failed(SQLException e) {
    return new DecisionException(
        "The decisions in " + file + " can't be read or written: " + e.getMessage(), e);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
