package dev.lockstep.beam.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.SecurityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of Flink's asks Hadoop who is logged in: on Java 24 and later that throws. */
class FlinkConfigurationTest {
  @TempDir Path folder;

  @Test
  void flinkReadsThatThereAreNoTokens() throws Exception {
    Path conf = FlinkConfiguration.write(folder.resolve("new"), Map.of("rest.port", "7"));
    Configuration read = GlobalConfiguration.loadConfiguration(conf.toString());
    assertFalse(read.get(SecurityOptions.DELEGATION_TOKENS_ENABLED));
    List<String> modules = read.get(SecurityOptions.SECURITY_MODULE_FACTORY_CLASSES);
    assertTrue(modules.stream().noneMatch(m -> m.contains("Hadoop")), modules.toString());
    assertEquals("7", read.toMap().get("rest.port"));
  }

  @Test
  void noConfigurationIsWrittenElsewhere() throws IOException {
    Path modules = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> files = Files.walk(modules)) {
      List<Path> writers =
          files
              .filter(
                  f -> f.toString().contains("/src/main/java/") && f.toString().endsWith(".java"))
              // What bench --against has fetched is of another commit.
              .filter(f -> !f.startsWith(modules.resolve(".lockstep")))
              .filter(f -> contains(f, "flink-conf.yaml"))
              .map(Path::getFileName)
              .toList();
      assertEquals(List.of(Path.of("FlinkConfiguration.java")), writers);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
