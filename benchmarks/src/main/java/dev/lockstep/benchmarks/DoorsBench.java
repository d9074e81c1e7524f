package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.doors.DoorsReport;
import dev.lockstep.benchmarks.doors.DoorsSuite;
import dev.lockstep.benchmarks.process.BusyMachine;
import dev.lockstep.benchmarks.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Main class of the process behind {@code ./lockstep bench doors}: {@code MESSAGES ROUNDS SEED
 * [JSON]}. Exit code 1 if two sides don't read the same or a file can't be written, 2 for wrong
 * arguments.
 */
public final class DoorsBench {
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private DoorsBench() {}

  /** Measures; see the class. */
  public static void main(String[] arguments) {
    ParentWatch.startIfChild();
    BusyMachine.tell();
    DoorsSuite suite;
    try {
      suite =
          new DoorsSuite(
              Integer.parseInt(arguments[0]),
              Integer.parseInt(arguments[1]),
              Long.parseLong(arguments[2]));
    } catch (IllegalArgumentException e) {
      System.err.println("lockstep: wrong arguments: " + e.getMessage());
      System.exit(WRONG_ARGUMENTS);
      return;
    }
    try {
      DoorsReport report = suite.run();
      report.lines().forEach(System.out::println);
      if (arguments.length > 3) {
        Path json = Path.of(arguments[3]).toAbsolutePath();
        Path folder = json.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.writeString(json, report.json());
      }
    } catch (IllegalStateException | IOException e) {
      System.err.println("lockstep: " + e.getMessage());
      System.exit(FAILED);
    }
  }
}
