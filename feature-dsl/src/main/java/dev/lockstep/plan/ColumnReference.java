package dev.lockstep.plan;

import dev.lockstep.define.Column;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/** Reads the accessor's name from a serialisable method reference such as {@code Swipe::amount}. */
final class ColumnReference {
  private ColumnReference() {}

  /**
   * The name of the referenced method, or the empty string for a lambda (or a reference that javac
   * turned into one), which has none.
   */
  static String nameOf(Column<?, ?> column) {
    SerializedLambda lambda = serialized(column);
    String method = lambda.getImplMethodName();
    return method.contains("lambda$") ? "" : method;
  }

  private static SerializedLambda serialized(Serializable column) {
    try {
      Method writeReplace = column.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return (SerializedLambda) writeReplace.invoke(column);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          column.getClass().getName()
              + " is neither a method reference nor made by Column.computed(...)",
          e);
    }
  }
}
