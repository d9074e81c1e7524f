package dev.lockstep.kernel;

import dev.lockstep.time.Micros;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entity's key as text (C7): what state is keyed by, on every path and in the store.
 *
 * <p>Several parts are joined by '|'; a '|' or '\' inside a part is escaped by '\', so that two
 * keys never collide.
 */
public final class EntityKeys {
  /** The characters (UTF-16 units) of one part of a key, and of an id: state is kept by them. */
  public static final int MOST_CHARACTERS = 4_096;

  private EntityKeys() {}

  /**
   * Refuses text that is too long to keep state by.
   *
   * @param column its name
   * @param what it is, such as a key
   * @throws DataException for such text
   */
  static void requireShort(@Nullable String text, String column, String what) {
    if (text != null && text.length() > MOST_CHARACTERS) {
      throw new DataException(
          "["
              + column
              + "] has "
              + text.length()
              + " characters: "
              + what
              + " has at most "
              + MOST_CHARACTERS);
    }
  }

  /** The key, or null where a part of it is. */
  public static @Nullable String of(Values values, List<Integer> columns) {
    return columns.size() == 1
        ? part(values, columns.get(0), false)
        : of(values, columns.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The key of columns that are at hand as an array, or null where a part of it is. */
  static @Nullable String of(Values values, int[] columns) {
    if (columns.length == 1) {
      return part(values, columns[0], false);
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < columns.length; i++) {
      String part = part(values, columns[i], true);
      if (part == null) {
        return null;
      }
      key.append(i == 0 ? "" : "|").append(part);
    }
    return key.toString();
  }

  private static @Nullable String part(Values values, int column, boolean escaped) {
    if (values.isNull(column)) {
      return null;
    }
    ValueType type = values.type(column);
    if (type != ValueType.STRING) {
      return switch (type) {
        case BOOLEAN -> Boolean.toString(values.getBoolean(column));
        case INSTANT -> Micros.toDate(values.getLong(column)).toString(); // a LocalDate: no other
        default -> Long.toString(values.getLong(column));
      };
    }
    String text = Objects.requireNonNull(values.getString(column));
    return escaped && (text.indexOf('|') >= 0 || text.indexOf('\\') >= 0)
        ? text.replace("\\", "\\\\").replace("|", "\\|")
        : text;
  }
}
