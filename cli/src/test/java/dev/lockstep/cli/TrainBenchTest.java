package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whether {@code bench train} works, not how fast. */
class TrainBenchTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Lockstep.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void trainsOnADrawnSetInAHeapOfItsOwn() throws IOException {
    Path json = home.resolve("train.json");
    Path data = home.resolve("data");
    int code =
        run(
            "bench",
            "train",
            "--quick",
            "--heap",
            "256m",
            "--data",
            data.toString(),
            "--json",
            json.toString());

    assertEquals(0, code, out + "\n" + err);
    assertTrue(
        out.toString().contains("20,000 rows of 5 features drawn and written"), out::toString);
    JsonNode figures = new ObjectMapper().readTree(Files.readString(json));
    assertEquals(20_000, figures.get("rows").asLong());
    assertEquals(5, figures.get("columns").asInt());
    assertTrue(figures.get("heap_limit_mb").asDouble() < 270, figures.toString());
    assertTrue(figures.get("peak_heap_mb").asDouble() > 0, figures.toString());
    assertTrue(figures.get("train_seconds").asDouble() > 0, figures.toString());
    try (Stream<Path> left = Files.list(data)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void refusesToTrainOnNothing() {
    assertEquals(2, run("bench", "train", "--rows", "0"));
    assertTrue(
        err.toString().contains("--rows 0 --columns 20 --rounds 150 trains nothing"),
        err::toString);
  }
}
