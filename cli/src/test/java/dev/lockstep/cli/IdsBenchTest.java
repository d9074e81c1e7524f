package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whether {@code bench ids} works, and counts all ids; not how many bytes they take. */
class IdsBenchTest {
  @TempDir Path home;

  @Test
  void idsAreHeldInEitherBackendAndSaved() throws Exception {
    StringWriter out = new StringWriter();
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    Path json = home.resolve("ids.json");
    Path data = home.resolve("data");
    int code =
        line.execute(
            "bench",
            "ids",
            "--ids",
            "20000",
            "--heap",
            "512m",
            "--data",
            data.toString(),
            "--json",
            json.toString());

    assertEquals(0, code, out::toString);
    assertTrue(out.toString().contains("20,000 ids of 36 characters"), out::toString);
    JsonNode figures = new ObjectMapper().readTree(Files.readString(json));
    for (String backend : List.of("heap", "rocksdb")) {
      JsonNode of = figures.get(backend);
      assertEquals(20_000, of.get("ids").asLong());
      // The digests alone are 16 bytes, in each of two steps.
      assertTrue(of.get("checkpoint_bytes_per_id").asDouble() > 32, of::toString);
    }
    try (Stream<Path> left = Files.list(data)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
