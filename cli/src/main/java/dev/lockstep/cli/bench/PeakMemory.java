package dev.lockstep.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The most memory that this process used, watched while it runs. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String HIGH_WATER = "VmHWM:";
  private static final long EVERY_MILLIS = 20;
  private static final long KIB = 1024;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private volatile long heapBytes;

  /** Begins to watch the heap. */
  static PeakMemory watch() {
    PeakMemory peak = new PeakMemory();
    Thread thread = new Thread(peak::look, "peak-memory");
    thread.setDaemon(true);
    thread.start();
    return peak;
  }

  private void look() {
    try {
      while (true) {
        heapBytes = Math.max(heapBytes, memory.getHeapMemoryUsage().getUsed());
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The most heap in use, with what was waiting to be collected. */
  long heapBytes() {
    return heapBytes;
  }

  /** The process's own high-water mark; -1 where the system has none to read. */
  static long residentBytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return -1;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(HIGH_WATER))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
        .findFirst()
        .orElse(-1);
  }
}
