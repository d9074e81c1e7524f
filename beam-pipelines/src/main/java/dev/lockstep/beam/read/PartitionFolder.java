package dev.lockstep.beam.read;

import dev.lockstep.intake.FieldType;
import dev.lockstep.kernel.DataException;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder named {@code column=value}, as Hive, Spark and DuckDB write them: a column of all files
 * below it, which don't hold it themselves.
 */
record PartitionFolder(String column, String value) {
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  /** That of a column on the way to a file, the innermost; or empty. */
  static Optional<PartitionFolder> of(String file, String column) {
    for (Path folder = Path.of(file).getParent(); folder != null; folder = folder.getParent()) {
      String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
      if (name.startsWith(column + "=")) {
        return Optional.of(
            new PartitionFolder(column, unescaped(name.substring(column.length() + 1))));
      }
    }
    return Optional.empty();
  }

  /**
   * Its value, in a row of it alone.
   *
   * @throws DataException if it isn't one of the component
   */
  Values as(FieldType field) {
    Values row = new Values(List.of(field.type()));
    if (value.equals(NULL)) {
      return row;
    }
    switch (field.type()) {
      case STRING -> row.setString(0, field.text(value));
      case BOOLEAN -> row.setBits(0, field.ofBoolean(truth(field)));
      default -> row.setBits(0, field.ofText(value));
    }
    return row;
  }

  private boolean truth(FieldType field) {
    if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(value);
    }
    throw field.mistyped("the text \"" + value + "\"");
  }

  /** Says why {@link #as} refused, and the cure. */
  String problem(ValueType type, DataException reason) {
    return "its folder ["
        + column
        + "="
        + value
        + "] can't be read as "
        + type
        + " ("
        + reason.getMessage()
        + "), expected such as ["
        + column
        + "="
        + example(type)
        + "]: rename the folder, or write the column into the file";
  }

  private static String example(ValueType type) {
    return switch (type) {
      case STRING -> "north";
      case LONG -> "7";
      case DOUBLE, DECIMAL -> "0.5";
      case BOOLEAN -> "true";
      case INSTANT -> "2001-01-07";
    };
  }

  /** Characters that no folder's name may hold are written as % and two digits. */
  private static String unescaped(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] from = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < from.length; i++) {
      int code =
          from[i] == '%' && i + 2 < from.length ? hex(from[i + 1]) * 16 + hex(from[i + 2]) : -1;
      if (code >= 0) {
        bytes.write(code);
        i += 2;
      } else {
        bytes.write(from[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hex(byte digit) {
    int value = Character.digit(digit, 16);
    return value < 0 ? -1_000 : value;
  }
}
