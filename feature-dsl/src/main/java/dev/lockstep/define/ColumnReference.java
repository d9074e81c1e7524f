package dev.lockstep.define;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the accessor's name from a serialisable method reference such as {@code Swipe::amount}. */
public final class ColumnReference {
  private ColumnReference() {}

  /**
   * The name of the referenced method of the event.
   *
   * @return the empty string for what has no such name: a lambda, a reference that javac turned
   *     into one, a static method (which only looks like an accessor), a method of some other
   *     object
   * @throws IllegalArgumentException for an object of a class that implements {@link Column}
   */
  public static String nameOf(Column<?, ?> column) {
    SerializedLambda lambda = serialized(column);
    if (lambda == null) {
      return "";
    }
    String method = lambda.getImplMethodName();
    boolean ofEvent =
        lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
            && lambda.getCapturedArgCount() == 0;
    return ofEvent && !method.contains("lambda$") ? method : "";
  }

  /** A setting's value as people wrote it: a column as {@code Swipe::amount}, else its text. */
  static String textOf(Object value) {
    if (value instanceof ComputedColumn<?, ?> computed) {
      return "computed column " + computed.name();
    }
    if (!(value instanceof Column<?, ?> column)) {
      return value.toString();
    }
    String name = nameOf(column);
    if (name.isEmpty()) {
      return "a lambda";
    }
    String owner = Objects.requireNonNull(serialized(column)).getImplClass();
    return owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1)
        + "::"
        + name;
  }

  private static @Nullable SerializedLambda serialized(Serializable column) {
    try {
      Method writeReplace = column.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return writeReplace.invoke(column) instanceof SerializedLambda lambda ? lambda : null;
    } catch (ReflectiveOperationException notALambda) {
      return null;
    }
  }
}
