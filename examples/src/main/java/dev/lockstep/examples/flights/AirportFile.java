package dev.lockstep.examples.flights;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bundled file of airports: comma-separated, quoted where a name has a comma. */
final class AirportFile {
  private static final String HEADER = "iata,name,city,state,country,latitude,longitude";

  private AirportFile() {}

  /**
   * All airports, in the file's order.
   *
   * @throws IOException naming the line that isn't an airport
   */
  static List<Airport> read(BufferedReader lines) throws IOException {
    String header = lines.readLine();
    if (!HEADER.equals(header)) {
      throw new IOException("airports.csv begins with [" + header + "], not [" + HEADER + "]");
    }
    List<Airport> airports = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      List<String> fields = fields(line);
      if (fields.size() != 7) {
        throw new IOException("airports.csv: not seven fields: " + line);
      }
      airports.add(
          new Airport(
              fields.get(0),
              fields.get(1),
              known(fields.get(2)),
              known(fields.get(3)),
              fields.get(4),
              Double.parseDouble(fields.get(5)),
              Double.parseDouble(fields.get(6))));
    }
    return airports;
  }

  private static @Nullable String known(String field) {
    return field.equals("NA") ? null : field;
  }

  /** The fields of a line; within quotes a comma is text, and a doubled quote is a quote. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
