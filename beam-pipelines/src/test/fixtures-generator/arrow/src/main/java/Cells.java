import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The table's cells, put into Arrow's vectors of any type. */
final class Cells {
  private static final long START_MICROS = 1_735_689_600_000_000L;

  private Cells() {}

  /** Text, a Double, a Long of microseconds for an instant, or an Integer. */
  static Object value(String column, int i) {
    return switch (column) {
      case "id" -> "i" + i;
      case "card" -> "Card " + i % 3;
      case "amount" -> 1.5 * i;
      case "qty" -> i;
      case "price" -> 0.1;
      default -> START_MICROS + i * 3_600_000_000L;
    };
  }

  static void set(FieldVector vector, int i, Object value) {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (vector instanceof VarCharVector v) {
        v.setSafe(i, bytes);
      } else if (vector instanceof LargeVarCharVector v) {
        v.setSafe(i, bytes);
      } else if (vector instanceof VarBinaryVector v) {
        v.setSafe(i, bytes);
      } else {
        ((FixedSizeBinaryVector) vector).setSafe(i, bytes);
      }
      return;
    }
    if (value instanceof Long micros) {
      instant(vector, i, micros);
    } else {
      number(vector, i, ((Number) value).doubleValue());
    }
  }

  private static void instant(FieldVector vector, int i, long micros) {
    if (vector instanceof DateDayVector v) {
      v.setSafe(i, (int) (micros / 86_400_000_000L));
    } else if (vector instanceof DateMilliVector v) {
      v.setSafe(i, micros / 86_400_000_000L * 86_400_000L);
    } else {
      TimeUnit unit = ((ArrowType.Timestamp) vector.getField().getType()).getUnit();
      ((TimeStampVector) vector)
          .setSafe(
              i,
              switch (unit) {
                case SECOND -> micros / 1_000_000;
                case MILLISECOND -> micros / 1_000;
                case MICROSECOND -> micros;
                case NANOSECOND -> micros * 1_000 + 999; // below a microsecond: floor
              });
    }
  }

  private static void number(FieldVector vector, int i, double value) {
    if (vector instanceof Float8Vector v) {
      v.setSafe(i, value);
    } else if (vector instanceof Float4Vector v) {
      v.setSafe(i, (float) value);
    } else if (vector instanceof DecimalVector v) {
      v.setSafe(i, BigDecimal.valueOf(value).setScale(v.getScale(), RoundingMode.UNNECESSARY));
    } else if (vector instanceof Decimal256Vector v) {
      v.setSafe(i, BigDecimal.valueOf(value).setScale(v.getScale(), RoundingMode.UNNECESSARY));
    } else {
      integer(vector, i, (int) value);
    }
  }

  private static void integer(FieldVector vector, int i, int value) {
    if (vector instanceof TinyIntVector v) {
      v.setSafe(i, value);
    } else if (vector instanceof SmallIntVector v) {
      v.setSafe(i, value);
    } else if (vector instanceof IntVector v) {
      v.setSafe(i, value);
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(i, value);
    } else if (vector instanceof UInt1Vector v) {
      v.setSafe(i, value);
    } else if (vector instanceof UInt2Vector v) {
      v.setSafe(i, value);
    } else if (vector instanceof UInt4Vector v) {
      v.setSafe(i, value);
    } else {
      ((UInt8Vector) vector).setSafe(i, value);
    }
  }
}
