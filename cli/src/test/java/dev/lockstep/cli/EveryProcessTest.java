package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every process builds the whole command line, the scorer's without Beam and training among them:
 * picocli looks at all commands, so none may need in its fields, methods or verification what only
 * some processes carry.
 */
class EveryProcessTest {
  private static final List<String> ELSEWHERE =
      List.of(
          "dev.lockstep.beam.",
          "dev.lockstep.training.",
          "org.apache.beam.",
          "org.apache.flink.",
          "org.apache.parquet.",
          "me.tongfei.");

  /** The class path without what the scorer's process hasn't. */
  private static final class Without extends URLClassLoader {
    Without(List<URL> classPath) {
      super(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (ELSEWHERE.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name + " isn't in the scorer's process");
      }
      return super.findClass(name);
    }
  }

  @Test
  void theCommandLineNeedsNoClassThatSomeProcessHasNot() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(new File(entry).toURI().toURL());
    }
    try (Without loader = new Without(classPath)) {
      assertThrows(
          ClassNotFoundException.class, () -> loader.loadClass("org.apache.beam.sdk.Pipeline"));
      Method commandLine =
          loader.loadClass("dev.lockstep.cli.Lockstep").getDeclaredMethod("commandLine");
      commandLine.setAccessible(true);
      String help = String.valueOf(commandLine.invoke(null));
      assertTrue(help.contains("CommandLine"), help);
    }
  }
}
