package dev.lockstep.beam.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.plan.FeaturePlan;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot is: all that was known before an instant, of the files that were read by then
 * (C12).
 *
 * @param fingerprint of the plan
 * @param planText what the fingerprint was taken of
 * @param cut what became available from this instant on is not in the states
 * @param shards how many groups its keys are in; runs that go on from it keep that
 * @param files all that were read by then, in this run and those before
 * @param positions how far its topics go, where the files say where on Kafka their rows were
 * @param carried which columns its carried rows have
 * @param run names the run that wrote it
 * @param goesOnFrom the run whose snapshot that one went on from; null where it began
 * @param label what it holds for a label; null where none may come later
 * @param modified when files were last changed, in microseconds by path, where the same time tells
 *     that one is unchanged since it was read
 */
public record Snapshot(
    String fingerprint,
    String planText,
    Instant cut,
    int shards,
    List<Manifest.SourceFile> files,
    TopicPositions positions,
    CarriedColumns carried,
    String run,
    @Nullable String goesOnFrom,
    @Nullable HeldLabel label,
    Map<String, Long> modified)
    implements Serializable {
  static final String FILE = "snapshot.json";
  private static final int VERSION = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  public Snapshot {
    files = new ArrayList<>(files); // a serialisable one
    modified = new TreeMap<>(modified);
  }

  /** The same, with what it holds for a label. */
  public Snapshot with(@Nullable HeldLabel held) {
    return new Snapshot(
        fingerprint,
        planText,
        cut,
        shards,
        files,
        positions,
        carried,
        run,
        goesOnFrom,
        held,
        modified);
  }

  /** The same, with other positions. */
  public Snapshot at(TopicPositions others) {
    return new Snapshot(
        fingerprint,
        planText,
        cut,
        shards,
        files,
        others,
        carried,
        run,
        goesOnFrom,
        label,
        modified);
  }

  /** Whether a file is on this side of the cut already. */
  public boolean holds(String source, String sha256) {
    return files.stream().anyMatch(f -> f.source().equals(source) && f.sha256().equals(sha256));
  }

  /**
   * Refuses a plan that the states aren't of.
   *
   * @throws SnapshotException with both fingerprints and what differs
   */
  public void requireOf(FeaturePlan plan, Path folder) {
    if (!fingerprint.equals(plan.fingerprint())) {
      throw new SnapshotException(
          "the snapshot in "
              + folder
              + " is of another definition: its fingerprint is "
              + fingerprint
              + ", that of "
              + plan.name()
              + " is "
              + plan.fingerprint()
              + "; it differs in:\n"
              + difference(plan.text())
              + "\n    cure: backfill the days anew into another folder, or go back to the old"
              + " definition",
          null);
    }
  }

  /**
   * Refuses a snapshot that has taken the place of another one.
   *
   * @throws SnapshotException with both runs
   */
  public void requireRun(String expected, Path folder) {
    if (!run.equals(expected)) {
      throw new SnapshotException(
          "the snapshot in "
              + folder
              + " is another one than the stream began with: run "
              + run
              + " wrote it, not "
              + expected
              + "\n    cure: to begin with this one, give it as --snapshot",
          null);
    }
  }

  /**
   * Refuses to go on with another label: what came for it before isn't there.
   *
   * @param definition of the label that may come on a later day; null for none
   * @throws SnapshotException with both
   */
  public void requireLabel(@Nullable String definition, Path folder) {
    String held = label == null ? null : label.definition();
    if (!Objects.equals(held, definition)) {
      throw new SnapshotException(
          "the snapshot in "
              + folder
              + " is of another label\n  snapshot:   "
              + (held == null ? "none that comes later" : held)
              + "\n  definition: "
              + (definition == null ? "none that comes later" : definition)
              + "\n    cure: backfill the days anew into another folder, or go back to the label of"
              + " these days",
          null);
    }
  }

  private String difference(String other) {
    List<String> mine = planText.lines().toList();
    List<String> theirs = other.lines().toList();
    return java.util.stream.Stream.concat(
            mine.stream().filter(l -> !theirs.contains(l)).map(l -> "  snapshot:   " + l.strip()),
            theirs.stream().filter(l -> !mine.contains(l)).map(l -> "  definition: " + l.strip()))
        .limit(10)
        .collect(Collectors.joining("\n"));
  }

  public void write(SnapshotFolder folder) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("fingerprint", fingerprint);
    root.put("cut", cut.toString());
    root.put("shards", shards);
    root.put("run", run);
    root.put("goesOnFrom", goesOnFrom);
    ArrayNode array = root.putArray("files");
    for (Manifest.SourceFile file : files) {
      ObjectNode node = array.addObject();
      node.put("source", file.source());
      node.put("path", file.path());
      node.put("bytes", file.bytes());
      node.put("sha256", file.sha256());
      Long changed = modified.get(file.path());
      if (changed != null) {
        node.put("modifiedMicros", changed);
      }
    }
    if (label != null) {
      ObjectNode held = root.putObject("label");
      held.put("definition", label.definition());
      ArrayNode waiting = held.putArray("waiting");
      label
          .waiting()
          .forEach((number, rows) -> waiting.addObject().put("file", number).put("rows", rows));
    }
    ObjectNode topics = root.putObject("positions");
    positions
        .bySource()
        .forEach(
            (source, partitions) -> {
              ObjectNode node = topics.putObject(source);
              partitions.forEach((partition, offset) -> node.put(partition.toString(), offset));
            });
    carried.write(root.putArray("carried"));
    root.put("plan", planText);
    Files.writeString(folder.manifest(), root.toPrettyString() + "\n");
  }

  /**
   * The snapshot of a folder.
   *
   * @throws SnapshotException if there is none, or it can't be read
   */
  public static Snapshot read(SnapshotFolder folder) {
    if (!Files.isRegularFile(folder.manifest())) {
      throw new SnapshotException(
          folder.path()
              + " is no snapshot: it has no "
              + FILE
              + "; give the folder of a day that was backfilled with its state",
          null);
    }
    try {
      JsonNode root = JSON.readTree(Files.readString(folder.manifest()));
      requireVersion(root.required("version").asInt(), folder);
      return fromJson(root);
    } catch (SnapshotException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new SnapshotException(
          folder.manifest()
              + " can't be read ("
              + e.getMessage()
              + "); run the backfill of its day again",
          e);
    }
  }

  /** Doing one day again doesn't help: it would go on from the day before, of that version too. */
  private static void requireVersion(int version, SnapshotFolder folder) {
    if (version != VERSION) {
      boolean older = version < VERSION;
      throw new SnapshotException(
          "the snapshot in "
              + folder.path()
              + " was written by "
              + (older ? "an older" : "a newer")
              + " Lockstep: its version is "
              + version
              + ", this one's "
              + VERSION
              + "\n    cure: "
              + (older ? "" : "use that one, or ")
              + "backfill all days into another folder",
          null);
    }
  }

  private static Snapshot fromJson(JsonNode root) {
    List<Manifest.SourceFile> files = new ArrayList<>();
    Map<String, Long> modified = new TreeMap<>();
    for (JsonNode file : root.required("files")) {
      if (file.has("modifiedMicros")) {
        modified.put(file.required("path").asText(), file.required("modifiedMicros").asLong());
      }
      files.add(
          new Manifest.SourceFile(
              file.required("source").asText(),
              file.required("path").asText(),
              file.required("bytes").asLong(),
              file.required("sha256").asText()));
    }
    TopicPositions positions = TopicPositions.none();
    for (Map.Entry<String, JsonNode> source : root.required("positions").properties()) {
      for (Map.Entry<String, JsonNode> partition : source.getValue().properties()) {
        positions =
            positions.read(
                source.getKey(),
                Integer.parseInt(partition.getKey()),
                partition.getValue().asLong());
      }
    }
    return new Snapshot(
        root.required("fingerprint").asText(),
        root.required("plan").asText(),
        Instant.parse(root.required("cut").asText()),
        root.required("shards").asInt(),
        files,
        positions,
        CarriedColumns.read(root.required("carried")),
        root.required("run").asText(),
        root.required("goesOnFrom").isNull() ? null : root.required("goesOnFrom").asText(),
        label(root.path("label")),
        modified);
  }

  private static @Nullable HeldLabel label(JsonNode held) {
    if (held.isMissingNode()) {
      return null;
    }
    Map<Long, Long> waiting = new TreeMap<>();
    held.required("waiting")
        .forEach(f -> waiting.put(f.required("file").asLong(), f.required("rows").asLong()));
    return new HeldLabel(held.required("definition").asText(), waiting);
  }
}
