import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the fixtures of DuckDB: {@code DuckFixtures FOLDER}. */
public final class DuckFixtures {
  private static final Map<String, String> BASE = new LinkedHashMap<>();

  static {
    BASE.put("id", "'i' || i");
    BASE.put("card", "'Card ' || (i % 3)");
    BASE.put("amount", "(1.5 * i)::DOUBLE");
    BASE.put("qty", "i::INTEGER");
    BASE.put("price", "0.1::FLOAT");
    BASE.put("at", "(TIMESTAMP '2025-01-01 00:00:00' + i * INTERVAL 1 HOUR) AT TIME ZONE 'UTC'");
  }

  private static final String LOCAL = "(TIMESTAMP '2025-01-01 00:00:00' + i * INTERVAL 1 HOUR)";
  private static final String MICROS = "epoch_us(" + LOCAL + ")";

  private final Statement sql;
  private final Path folder;

  private DuckFixtures(Statement sql, Path folder) {
    this.sql = sql;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("set threads = 1");
      sql.execute("set TimeZone = 'UTC'");
      DuckFixtures fixtures = new DuckFixtures(sql, folder);
      fixtures.instants();
      fixtures.numbers();
      fixtures.text();
      fixtures.layouts();
    }
  }

  private void instants() throws SQLException {
    with("at-micros-local", "at", LOCAL);
    with("at-millis-local", "at", LOCAL + "::TIMESTAMP_MS");
    with("at-nanos-local", "at", LOCAL + "::TIMESTAMP_NS");
    with("at-date", "at", LOCAL + "::DATE");
    with("at-long-micros", "at", MICROS);
    with("at-long-millis", "at", MICROS + " // 1000");
    with("at-long-seconds", "at", MICROS + " // 1000000");
    with("at-int-seconds", "at", "(" + MICROS + " // 1000000)::INTEGER");
    with("at-double-seconds", "at", MICROS + "::DOUBLE / 1000000");
    with("at-text-zulu", "at", "strftime(" + LOCAL + ", '%Y-%m-%dT%H:%M:%SZ')");
    with("at-text-offset", "at", "strftime(" + LOCAL + " + INTERVAL 2 HOUR, '%Y-%m-%dT%H:%M:%S+02:00')");
    with("at-text-local", "at", "strftime(" + LOCAL + ", '%Y-%m-%dT%H:%M:%S.%f')");
    with("at-text-space", "at", "strftime(" + LOCAL + ", '%Y-%m-%d %H:%M:%S')");
    with("at-text-bad", "at", "case when i = 3 then 'yesterday' else strftime(" + LOCAL + ", '%Y-%m-%dT%H:%M:%SZ') end");
  }

  private void numbers() throws SQLException {
    for (String type :
        new String[] {"UTINYINT", "UINTEGER", "UBIGINT", "SMALLINT", "BIGINT", "HUGEINT"}) {
      with("qty-" + type.toLowerCase(), "qty", "i::" + type);
    }
    with("qty-double", "qty", "i::DOUBLE");
    with("qty-double-broken", "qty", "case when i = 3 then 3.5 else i end::DOUBLE");
    with("qty-decimal-0", "qty", "i::DECIMAL(9, 0)");
    with("qty-decimal-4", "qty", "i::DECIMAL(18, 4)");
    with("qty-too-large", "qty", "case when i = 3 then 3000000000 else i end::BIGINT");
    with("qty-uint-too-large", "qty", "case when i = 3 then 3000000000 else i end::UINTEGER");
    with("qty-ubigint-too-large", "qty", "case when i = 3 then 18446744073709551615 else i end::UBIGINT");
    with("amount-float", "amount", "(1.5 * i)::FLOAT");
    with("amount-bigint-doubled", "amount", "(3 * i)::BIGINT");
    with("amount-decimal-9-2", "amount", "(1.5 * i)::DECIMAL(9, 2)");
    with("amount-decimal-18-4", "amount", "(1.5 * i)::DECIMAL(18, 4)");
    with("amount-decimal-38-10", "amount", "(1.5 * i)::DECIMAL(38, 10)");
    with("amount-decimal-seven-digits", "amount", "case when i = 3 then 4.5000001 else 1.5 * i end::DECIMAL(18, 8)");
    with("price-double-infinite", "price", "case when i = 3 then 1e300 else 0.1 end::DOUBLE");
  }

  private void text() throws SQLException {
    with("amount-json", "amount", "to_json((1.5 * i)::DOUBLE)");
    with("qty-json", "qty", "to_json(i)");
    with("card-blob", "card", "encode('Card ' || (i % 3))");
    with("card-blob-invalid", "card", "case when i = 3 then '\\xC3\\x28'::BLOB else encode('Card ' || (i % 3)) end");
    with("card-enum", "card", "('Card ' || (i % 3))::ENUM ('Card 0', 'Card 1', 'Card 2')");
    with("card-integer", "card", "i % 3");
    with("id-uuid", "id", "('00000000-0000-4000-8000-0000000000' || lpad(to_hex(i), 2, '0'))::UUID");
  }

  private void layouts() throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>(BASE);
    columns.put("place", "{'city': 'Bern', 'at': {'x': i, 'y': -i}}");
    columns.put("tags", "['a', 'b' || i]");
    columns.put("extras", "map {'k' || i: i}");
    write("nested-unneeded", columns, "");
    columns = new LinkedHashMap<>();
    columns.put("txn_id", BASE.get("id"));
    columns.put("card_number", BASE.get("card"));
    columns.put("amount_paid", BASE.get("amount"));
    columns.put("qty", BASE.get("qty"));
    columns.put("unit_price", BASE.get("price"));
    columns.put("happened_at", BASE.get("at"));
    write("snake-case", columns, "");
    columns = new LinkedHashMap<>(BASE);
    columns.remove("card");
    write("no-card", columns, "");
    for (String codec : new String[] {"zstd", "lz4_raw", "brotli"}) {
      write("codec-" + codec.replace('_', '-'), BASE, ", compression " + codec);
    }
    write("version-2", BASE, ", parquet_version v2");
    partitioned();
  }

  private void partitioned() throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>(BASE);
    columns.put("country", "case when i % 2 = 0 then 'DE' else 'C H' end");
    execute("by-country", columns, folder.resolve("by-country").toString(), ", partition_by (country)");
    columns = new LinkedHashMap<>(BASE);
    columns.put("date", "(" + LOCAL + " + (i // 10) * INTERVAL 1 DAY)::DATE");
    columns.put("at", "(" + LOCAL + " + (i // 10) * INTERVAL 1 DAY) AT TIME ZONE 'UTC'");
    execute("by-date", columns, folder.resolve("by-date").toString(), ", partition_by (date)");
  }

  private void with(String name, String column, String expression) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>(BASE);
    columns.put(column, expression);
    write(name, columns, "");
  }

  private void write(String name, Map<String, String> columns, String options) throws SQLException {
    execute(name, columns, folder.resolve(name + ".parquet").toString(), options);
  }

  private void execute(String name, Map<String, String> columns, String to, String options) throws SQLException {
    StringBuilder select = new StringBuilder("select ");
    columns.forEach((column, expression) -> select.append(expression).append(" as \"").append(column).append("\", "));
    select.setLength(select.length() - 2);
    sql.execute("copy (" + select + " from range(20) r(i)) to '" + to + "' (format parquet" + options + ")");
  }
}
