package dev.lockstep.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Main class of a process that locks a file, as a broker in another process does, until killed. */
final class LockHolder {

  private LockHolder() {}

  /** Starts the process and returns when it has the lock. */
  static Process start(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (!"LOCKED".equals(line)) {
      throw new IOException("The other process didn't lock " + file + ": " + line);
    }
    return process;
  }

  /** Locks the file named by the only argument. */
  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      System.out.println("LOCKED");
      // Returns at the end of input only, which comes when the parent dies.
      System.in.read();
    }
  }
}
