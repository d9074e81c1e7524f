package dev.lockstep.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What a format promises about any bytes whatever: they are refused with the one declared exception
 * and a message, or read as a value that is written and read again as itself; and neither takes
 * memory beyond a multiple of the bytes.
 *
 * @param owner the class whose decoder it is
 * @param refusal the exception for bytes that are not of the format
 * @param form how much of the bytes a value takes
 * @param example a valid value
 * @param content what two equal values have in common; may use the value up
 */
record ByteFormat<T>(
    Class<?> owner,
    Class<? extends RuntimeException> refusal,
    Form form,
    Function<byte[], T> decode,
    Function<T, byte[]> encode,
    Function<SplittableRandom, T> example,
    Function<T, Object> content) {

  /** How much of the bytes a value takes. */
  enum Form {
    /** The next value of several: what stands behind it isn't looked at. */
    NEXT,
    /** The next value of several, which has only one form: the bytes that it took. */
    CANONICAL_NEXT,
    /** All of them: one more is refused. */
    WHOLE,
    /** All of them, and a value has only one form: bytes read are the bytes written. */
    CANONICAL
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The exception, its trace, tables of constants, and what the first call loads. */
  private static final long MOST_ALLOCATED = 1 << 20;

  /**
   * A null in one byte becomes a reference in a list and a slot in a row, twice while they grow.
   */
  private static final long MOST_ALLOCATED_EACH_BYTE = 256;

  byte[] exampleBytes(SplittableRandom random) {
    return encode.apply(example.apply(random));
  }

  /**
   * Checks the promise for some bytes.
   *
   * @return whether they were read
   */
  boolean check(byte[] bytes) {
    long allocated = allocatedBy(bytes);
    long most = MOST_ALLOCATED + MOST_ALLOCATED_EACH_BYTE * bytes.length;
    // The first call may load classes: what counts is what the next one takes.
    if (allocated > most && allocatedBy(bytes) > most) {
      throw new AssertionError(
          owner.getSimpleName()
              + " allocated "
              + allocated
              + " bytes for "
              + bytes.length
              + ", which start with "
              + HexFormat.of().formatHex(bytes, 0, Math.min(64, bytes.length)));
    }
    Optional<T> read = read(bytes);
    read.ifPresent(value -> checkWrittenAgain(value, bytes));
    return read.isPresent();
  }

  private long allocatedBy(byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    read(bytes);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** The value, or nothing where the bytes are refused as they should be. */
  private Optional<T> read(byte[] bytes) {
    try {
      return Optional.of(decode.apply(bytes.clone()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      if (e.getClass() != refusal || e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError(
            owner.getSimpleName() + " gave " + e + " for " + HexFormat.of().formatHex(bytes), e);
      }
      return Optional.empty();
    }
  }

  private void checkWrittenAgain(T value, byte[] bytes) {
    byte[] written = encode.apply(value);
    if (form == Form.CANONICAL) {
      assertArrayEquals(bytes, written, "written again, canonical bytes are the same");
    }
    if (form == Form.CANONICAL_NEXT) {
      assertArrayEquals(
          Arrays.copyOf(bytes, written.length), written, "written again, the bytes are the same");
    }
    if (form == Form.WHOLE) {
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThrowsExactly(refusal, () -> decode.apply(longer), "a byte behind a whole value");
    }
    T again = decode.apply(written);
    assertArrayEquals(written, encode.apply(again), "bytes written, read and written");
    assertEquals(content.apply(value), content.apply(again), "a value written and read");
  }
}
