package dev.lockstep.benchmarks.process;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Locale;

/** Says when times mean little, because others use the machine. */
public final class BusyMachine {
  /** Processes that want to run, on average of a minute, beside which times mean something. */
  private static final double MOST_LOAD = 1;

  private BusyMachine() {}

  /** Prints a warning if the machine is busy. */
  public static void tell() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double load = system.getSystemLoadAverage();
    if (load > MOST_LOAD) {
      System.err.printf(
          Locale.ROOT,
          "lockstep: this machine is busy (load %.1f on %d cores): times will be rough%n",
          load,
          system.getAvailableProcessors());
    }
  }
}
