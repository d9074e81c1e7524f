package dev.lockstep.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.beam.kafka.StateBackend;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.define.Emission;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an id takes that a stream holds so as to know its copies (C9): a stream's own steps on Flink
 * are given so many, once with each of what holds state, each in a process of its own.
 *
 * @param ids how many, all of one day
 * @param emission decides which steps hold them
 * @param heap the most Java heap of each process, as {@code -Xmx} wants it
 */
public record IdsBench(int ids, Emission emission, String heap) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Measures.
   *
   * @param data the folder in which the states are while it runs
   * @param json takes the figures, too; null for none
   * @return 0, or the exit code of the process that failed
   */
  public int run(Path data, @Nullable Path json, PrintWriter out)
      throws IOException, InterruptedException {
    ObjectNode all =
        JSON.createObjectNode().put("ids", ids).put("emission", name()).put("heap", heap);
    out.printf(Locale.ROOT, "%,d ids of 36 characters, of one day, under %s()%n", ids, name());
    out.flush();
    try (Cleanup cleanup = new Cleanup()) {
      Path folder = cleanup.add(TemporaryFolder.in(data, "ids-")).path();
      for (StateBackend backend : StateBackend.values()) {
        Path figures = folder.resolve(backend + ".json");
        int code = ChildJvm.runShown(process(backend, folder, figures), cleanup);
        if (code != 0) {
          return code;
        }
        JsonNode read = JSON.readTree(Files.readString(figures));
        all.set(backend.name().toLowerCase(Locale.ROOT), read);
        tell(out, backend, read);
      }
    }
    if (json != null) {
      Files.writeString(json, all.toPrettyString() + "\n");
    }
    return 0;
  }

  private String name() {
    return emission == Emission.ORDERED ? "ordered" : "onArrival";
  }

  private ChildJvm.Start process(StateBackend backend, Path folder, Path figures) {
    return new ChildJvm.Start(
        "ids",
        System.getProperty("java.class.path"),
        List.of(
            "-Xmx" + heap, "-XX:+UseParallelGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
        IdsProcess.class.getName(),
        List.of(
            backend.name(),
            emission.name(),
            Integer.toString(ids),
            folder.resolve(backend.toString()).toString(),
            figures.toString()));
  }

  private static void tell(PrintWriter out, StateBackend backend, JsonNode figures) {
    out.printf(
        Locale.ROOT,
        "%s: bytes an id: %.0f in the heap%s, %.0f in a checkpoint;"
            + " taken in in %.0f s, saved in %.1f s%n",
        backend.name().toLowerCase(Locale.ROOT),
        figures.get("heap_bytes_per_id").asDouble(),
        backend == StateBackend.HEAP
            ? ""
            : String.format(
                Locale.ROOT, ", %.0f on the disk", figures.get("disk_bytes_per_id").asDouble()),
        figures.get("checkpoint_bytes_per_id").asDouble(),
        figures.get("fill_seconds").asDouble(),
        figures.get("checkpoint_seconds").asDouble());
    out.flush();
  }
}
