package dev.lockstep.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Universal Binary JSON, as XGBoost writes its models.
 *
 * <p>Objects become maps, arrays lists, whole numbers Long, others Double; arrays whose elements
 * share a type, the trees' own numbers, are passed over and become empty lists. Source of the
 * format: the Universal Binary JSON specification, draft 12 (ubjson.org).
 */
final class Ubjson {
  private static final int MOST_DEPTH = 32;

  private final ByteBuffer in; // big-endian, as the format is

  private Ubjson(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /**
   * The value in some bytes.
   *
   * @throws WireException if they aren't one value and nothing else
   */
  static @Nullable Object read(byte[] bytes) {
    Ubjson reader = new Ubjson(bytes);
    try {
      Object value = reader.value((char) reader.in.get(), 0);
      if (reader.in.hasRemaining()) {
        throw new WireException(reader.in.remaining() + " bytes are left behind its end");
      }
      return value;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new WireException("it ends in the middle of a value");
    }
  }

  private @Nullable Object value(char marker, int depth) {
    if (depth > MOST_DEPTH) {
      throw new WireException("it is nested deeper than " + MOST_DEPTH);
    }
    return switch (marker) {
      case 'Z', 'N' -> null;
      case 'T' -> true;
      case 'F' -> false;
      case 'i' -> (long) in.get();
      case 'U' -> (long) (in.get() & 0xFF);
      case 'I' -> (long) in.getShort();
      case 'l' -> (long) in.getInt();
      case 'L' -> in.getLong();
      case 'd' -> (double) in.getFloat();
      case 'D' -> in.getDouble();
      case 'C' -> String.valueOf((char) (in.get() & 0xFF));
      case 'S', 'H' -> text();
      case '[' -> array(depth);
      case '{' -> object(depth);
      default -> throw new WireException("[" + marker + "] marks no type of UBJSON");
    };
  }

  private String text() {
    byte[] utf8 = new byte[count(1)];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A count of things that take at least so many bytes each: no more than there are. */
  private int count(int bytesEach) {
    Object count = value((char) in.get(), MOST_DEPTH);
    if (!(count instanceof Long number)
        || number < 0
        || number > in.remaining() / Math.max(1, bytesEach)) {
      throw new WireException("[" + count + "] is no count of what follows");
    }
    return Math.toIntExact(number);
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    char next = (char) in.get();
    if (next == '$') {
      int size = sizeOf((char) in.get());
      requireCount((char) in.get());
      int count = count(size);
      in.position(in.position() + count * size);
    } else if (next == '#') {
      int count = count(1);
      for (int i = 0; i < count; i++) {
        elements.add(value((char) in.get(), depth + 1));
      }
    } else {
      for (; next != ']'; next = (char) in.get()) {
        elements.add(value(next, depth + 1));
      }
    }
    return elements;
  }

  private static void requireCount(char marker) {
    if (marker != '#') {
      throw new WireException("an array says a type but no count");
    }
  }

  private static int sizeOf(char marker) {
    return switch (marker) {
      case 'i', 'U', 'C' -> Byte.BYTES;
      case 'I' -> Short.BYTES;
      case 'l', 'd' -> Integer.BYTES;
      case 'L', 'D' -> Long.BYTES;
      default -> throw new WireException("an array of type [" + marker + "] isn't supported");
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (in.get(in.position()) != '}') {
      String name = text();
      members.put(name, value((char) in.get(), depth + 1));
    }
    in.get();
    return members;
  }
}
