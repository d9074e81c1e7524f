package dev.lockstep.training;

import dev.lockstep.beam.write.Manifest;
import dev.lockstep.beam.write.TrainingSchema;
import dev.lockstep.value.ValueType;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * The memory that training on a set takes, told from its manifest before a row is read.
 *
 * @param rows of the set
 * @param features that are held
 */
record MemoryNeed(long rows, long features) {
  private static final long MB = 1_000_000;

  /** Java's classes and the buffers that files are read through, whatever the rows. */
  private static final long HEAP_OF_ANY = 80 * MB;

  /** Beside the features: time, hash, label, two keys; its index in the parts; scores, in order. */
  private static final long HEAP_OF_A_ROW = 68;

  /** While ids are put in order: time, hash, label, places, and an id of 40 bytes. */
  private static final long HEAP_OF_AN_ID = 80;

  private static final long HEAP_OF_A_VALUE = Float.BYTES;

  /** A value in XGBoost's matrix is its column and itself; on its way there it is once more. */
  private static final long BESIDE_OF_A_VALUE = 12;

  private static final long BESIDE_OF_ANY = 300 * MB;
  private static final long STEP = 100 * MB;

  static MemoryNeed of(Manifest manifest, Set<String> held) {
    return new MemoryNeed(
        manifest.rows(),
        manifest.schema().features().stream()
            .filter(f -> f.type() != ValueType.STRING && held.contains(f.name()))
            .map(TrainingSchema.Column::name)
            .count());
  }

  /** Bytes of Java's heap, at the most at one time. */
  long heapBytes() {
    return HEAP_OF_ANY + rows * Math.max(HEAP_OF_AN_ID, HEAP_OF_A_ROW + features * HEAP_OF_A_VALUE);
  }

  /** Bytes outside of the heap, at the most at one time: XGBoost's, and Java's own. */
  long besideBytes() {
    return BESIDE_OF_ANY + rows * features * BESIDE_OF_A_VALUE;
  }

  /**
   * Refuses what this process may not use, or the machine hasn't.
   *
   * @throws TrainingException with the cure
   */
  void requireHere(Path folder) {
    require(folder, heapForLong(), Runtime.getRuntime().maxMemory(), machine());
  }

  /**
   * Refuses what is more than there is.
   *
   * @param usable bytes of the heap for what lives long
   * @param heap bytes of the whole heap
   * @param machine bytes of the machine's memory, or of the container's
   * @throws TrainingException with the cure
   */
  void require(Path folder, long usable, long heap, long machine) {
    String set =
        String.format(
            Locale.ROOT,
            "to train on the %,d rows of %s with %d features takes about %,d MB of Java's heap",
            rows,
            folder,
            features,
            heapBytes() / MB);
    String less = "read fewer features (--set include=NAMES), or backfill a shorter range of time";
    if (heapBytes() + besideBytes() > machine) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%s and %,d MB beside it; this machine has %,d MB",
              set,
              besideBytes() / MB,
              machine / MB),
          less + ", or train on a larger machine");
    }
    if (heapBytes() > usable) {
      // Some collectors keep a part of the heap for what is young.
      double share = (double) usable / heap;
      long steps = (long) Math.ceil(heapBytes() / share / STEP);
      throw new TrainingException(
          String.format(Locale.ROOT, "%s; this process may use %,d MB", set, usable / MB),
          "set LOCKSTEP_JAVA_OPTS=-Xmx" + steps * STEP / MB + "m; or " + less);
    }
  }

  /** The largest part of the heap: what lives long must fit into it. */
  private static long heapForLong() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getMax())
        .max()
        .stream()
        .filter(most -> most > 0)
        .findFirst()
        .orElse(Runtime.getRuntime().maxMemory());
  }

  private static long machine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Long.MAX_VALUE;
  }
}
