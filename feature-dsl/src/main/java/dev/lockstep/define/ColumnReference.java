package dev.lockstep.define;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The classes, by name, that an event must all be of so that a column can be read from it: for an
   * accessor the one that declares it, for a function what it takes. Empty where that can't be
   * told.
   */
  public static List<String> eventTypes(Column<?, ?> column) {
    if (column instanceof ComputedColumn<?, ?> computed) {
      return eventTypes(computed.function());
    }
    SerializedLambda lambda = serialized(column);
    if (lambda == null) {
      return List.of();
    }
    List<String> types = new ArrayList<>();
    if (!nameOf(column).isEmpty()) {
      types.add(lambda.getImplClass().replace('/', '.'));
    }
    String taken = lambda.getInstantiatedMethodType(); // (Ldev/shop/Swipe;)Ljava/lang/Double;
    if (taken.startsWith("(L")) {
      types.add(taken.substring(2, taken.indexOf(';')).replace('/', '.'));
    }
    return types;
  }

  /**
   * Whether two functions are known to be one: the same object, equal ones, or the same lambda or
   * method reference with the same captured values.
   */
  public static boolean isSame(Column<?, ?> one, Column<?, ?> other) {
    if (one.equals(other)) {
      return true;
    }
    if (one instanceof ComputedColumn<?, ?> a && other instanceof ComputedColumn<?, ?> b) {
      return a.name().equals(b.name())
          && a.version() == b.version()
          && a.type().equals(b.type())
          && isSame(a.function(), b.function());
    }
    SerializedLambda a = serialized(one);
    SerializedLambda b = serialized(other);
    return a != null && b != null && isSame(a, b);
  }

  private static boolean isSame(SerializedLambda a, SerializedLambda b) {
    if (!a.getImplClass().equals(b.getImplClass())
        || !a.getImplMethodName().equals(b.getImplMethodName())
        || !a.getImplMethodSignature().equals(b.getImplMethodSignature())
        || a.getImplMethodKind() != b.getImplMethodKind()
        || a.getCapturedArgCount() != b.getCapturedArgCount()) {
      return false;
    }
    for (int i = 0; i < a.getCapturedArgCount(); i++) {
      if (!isSameValue(a.getCapturedArg(i), b.getCapturedArg(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSameValue(Object a, Object b) {
    if (a instanceof Column<?, ?> one && b instanceof Column<?, ?> other) {
      return isSame(one, other);
    }
    if (a instanceof Serializable one && b instanceof Serializable other) {
      SerializedLambda first = serialized(one);
      SerializedLambda second = serialized(other);
      if (first != null && second != null) {
        return isSame(first, second);
      }
    }
    return Objects.deepEquals(a, b);
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
