package dev.lockstep.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * A {@link FinishLoop} of its own for each class of aggregation.
 *
 * <p>A view of 100 features finishes some ten kinds of aggregation. From one loop over all of them
 * the compiler can't inline any: the call sees ten classes. Each copy of the loop, a hidden class
 * of the same bytes, sees one, and the whole of the aggregation is inlined into it. This took a
 * quarter off the time of an event (docs/performance.md).
 */
final class FinishLoops {
  private static final ClassValue<FinishLoop> BY_AGGREGATION =
      new ClassValue<>() {
        @Override
        protected FinishLoop computeValue(Class<?> aggregation) {
          return copy();
        }
      };

  private FinishLoops() {}

  static FinishLoop of(Class<?> aggregation) {
    return BY_AGGREGATION.get(aggregation);
  }

  private static FinishLoop copy() {
    String file = OneKindLoop.class.getSimpleName() + ".class";
    try (InputStream in = Objects.requireNonNull(FinishLoops.class.getResourceAsStream(file))) {
      Class<?> hidden =
          MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true).lookupClass();
      return (FinishLoop) hidden.getDeclaredConstructor().newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a class of this package can't be copied", e);
    }
  }
}
