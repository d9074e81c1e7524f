package dev.lockstep.beam.write;

import dev.lockstep.value.ColumnVector;
import dev.lockstep.value.ValueType;
import java.util.List;
import java.util.SplittableRandom;

/** Columns as nasty as a seed makes them: all shapes of nulls and values that are encoded apart. */
final class RandomColumns {
  private static final List<String> PIECES =
      List.of("a", "Z", "card-", "0", "~", "é", "ß", "Ω", "漢", "\uD83D\uDE80", "\u0141", "\"", "");

  private final SplittableRandom random;

  RandomColumns(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Rows where encoders change over: groups of eight, pages, and what lies beside them. */
  int rows() {
    int edge =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(3);
          case 1 -> 8 * random.nextInt(1, 70);
          case 2 -> ColumnChunkWriter.PAGE_ROWS * random.nextInt(1, 3);
          default -> random.nextInt(2_000);
        };
    return Math.max(0, edge + random.nextInt(-1, 2));
  }

  /** One column of at least so many rows. */
  ColumnVector column(ValueType type, int rows, boolean nullable) {
    ColumnVector column = new ColumnVector(type);
    int nulls = nullable ? random.nextInt(5) : 0;
    int kind = random.nextInt(5);
    int stretch = 0;
    boolean isNull = false;
    String prefix = random.nextInt(20) == 0 ? "x".repeat(random.nextInt(20_000)) : "";
    for (int row = 0; row < rows + random.nextInt(3); row++) {
      if (stretch-- <= 0) {
        stretch = random.nextInt(100);
        isNull = random.nextBoolean();
      }
      boolean empty =
          switch (nulls) {
            case 1 -> true;
            case 2 -> random.nextInt(10) == 0;
            case 3 -> isNull;
            case 4 -> row % 8 == 7;
            default -> false;
          };
      if (empty) {
        column.appendNull();
      } else if (type == ValueType.STRING) {
        column.appendString(text(kind, row, row % 100 == 0 ? prefix : ""));
      } else {
        column.appendBits(bits(type, kind, row));
      }
    }
    return column;
  }

  private long bits(ValueType type, int kind, int row) {
    return switch (type) {
      case BOOLEAN -> kind == 0 ? 1 : random.nextInt(2);
      case INSTANT -> random.nextLong(-(1L << 55), 1L << 55);
      case DOUBLE -> Double.doubleToRawLongBits(number(kind));
      case LONG, DECIMAL -> integer(kind, row);
      case STRING -> throw new AssertionError();
    };
  }

  private long integer(int kind, int row) {
    return switch (kind) {
      case 0 -> random.nextInt(10) == 0 ? Long.MIN_VALUE : Long.MAX_VALUE - random.nextInt(5);
      case 1 -> -7 + random.nextInt(1 + random.nextInt(300));
      case 2 -> row / 50;
      case 3 -> Long.MIN_VALUE + random.nextInt(70_000);
      default -> random.nextLong();
    };
  }

  private double number(int kind) {
    return switch (kind) {
      case 0 -> random.nextBoolean() ? -0.0 : 0.0;
      case 1 -> random.nextBoolean() ? Double.MAX_VALUE : Double.MIN_VALUE;
      case 2 -> -random.nextInt(9);
      default -> random.nextDouble(-1e9, 1e9);
    };
  }

  private String text(int kind, int row, String prefix) {
    return prefix
        + switch (kind) {
          case 0 -> "request-" + row;
          case 1 -> "only";
          case 2 -> "card-" + random.nextInt(200);
          default ->
              PIECES.get(random.nextInt(PIECES.size()))
                  + PIECES.get(random.nextInt(PIECES.size()))
                  + (kind == 3 ? row : "");
        };
  }
}
