package dev.lockstep.beam.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.define.About;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a training set is: the file {@code manifest.json} in its folder. A folder without one isn't
 * a training set.
 *
 * @param fingerprint of the plan (C14)
 * @param planText what the fingerprint was taken of
 * @param rows in all parts together
 * @param firstEventTime of all rows; null if there are none
 * @param lastEventTime of all rows; null if there are none
 * @param counts of late, rejected and duplicate rows and the like, by {@code what/source}
 * @param assumedOnTime sources whose history says nothing about arrival: a stream gives the same
 *     values only if nothing was late (C1)
 * @param run names the run that wrote it
 * @param codeVersion of the code that wrote it; null if it is too old to say
 * @param labelText the label's definition in one line, which the fingerprint doesn't cover; empty
 *     without a label, null if it was written by code too old to say
 * @param remarks what was assumed of the history or left out of it, in words
 */
public record Manifest(
    String featureSet,
    String fingerprint,
    String planText,
    TrainingSchema schema,
    long rows,
    @Nullable Instant firstEventTime,
    @Nullable Instant lastEventTime,
    @Nullable Instant until,
    Map<String, Long> counts,
    List<String> assumedOnTime,
    List<SourceFile> sourceFiles,
    String run,
    @Nullable String codeVersion,
    @Nullable String labelText,
    List<String> remarks) {

  /** The manifest's name in a training set's folder. */
  public static final String FILE = "manifest.json";

  private static final int VERSION = 4;

  /** Before remarks on the history were told. */
  private static final int THIRD_VERSION = 3;

  /** Before the label's definition was told. */
  private static final int SECOND_VERSION = 2;

  /** Before the code's version was told. */
  private static final int FIRST_VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A history file that was read. */
  public record SourceFile(String source, String path, long bytes, String sha256)
      implements Serializable {}

  public Manifest {
    counts = new TreeMap<>(counts);
    assumedOnTime = List.copyOf(assumedOnTime);
    sourceFiles = List.copyOf(sourceFiles);
    remarks = List.copyOf(remarks);
  }

  /** Of a training set that this code writes, and that has no label to tell of. */
  public Manifest(
      String featureSet,
      String fingerprint,
      String planText,
      TrainingSchema schema,
      long rows,
      @Nullable Instant firstEventTime,
      @Nullable Instant lastEventTime,
      @Nullable Instant until,
      Map<String, Long> counts,
      List<String> assumedOnTime,
      List<SourceFile> sourceFiles,
      String run) {
    this(
        featureSet,
        fingerprint,
        planText,
        schema,
        rows,
        firstEventTime,
        lastEventTime,
        until,
        counts,
        assumedOnTime,
        sourceFiles,
        run,
        CodeVersion.current(),
        schema.label() == null ? "" : null,
        List.of());
  }

  /** The same, with remarks on the history. */
  public Manifest withRemarks(List<String> told) {
    return new Manifest(
        featureSet,
        fingerprint,
        planText,
        schema,
        rows,
        firstEventTime,
        lastEventTime,
        until,
        counts,
        assumedOnTime,
        sourceFiles,
        run,
        codeVersion,
        labelText,
        told);
  }

  /** The same, with the label's definition. */
  public Manifest withLabelText(@Nullable String text) {
    return new Manifest(
        featureSet,
        fingerprint,
        planText,
        schema,
        rows,
        firstEventTime,
        lastEventTime,
        until,
        counts,
        assumedOnTime,
        sourceFiles,
        run,
        codeVersion,
        text,
        remarks);
  }

  /** The same, of so many rows in a range of time, with counts. */
  public Manifest with(
      long newRows, @Nullable Instant first, @Nullable Instant last, Map<String, Long> newCounts) {
    return new Manifest(
        featureSet,
        fingerprint,
        planText,
        schema,
        newRows,
        first,
        last,
        until,
        newCounts,
        assumedOnTime,
        sourceFiles,
        run,
        codeVersion,
        labelText,
        remarks);
  }

  /** The sum of a count over all sources: {@code late}, {@code duplicates}, {@code deadLetters}. */
  public long total(String what) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().startsWith(what + "/"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The manifest as JSON text. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("featureSet", featureSet);
    root.put("fingerprint", fingerprint);
    root.put("rows", rows);
    root.put("firstEventTime", text(firstEventTime));
    root.put("lastEventTime", text(lastEventTime));
    root.put("until", text(until));
    ArrayNode entities = root.putArray("entities");
    schema.entities().forEach(entities::add);
    ArrayNode features = root.putArray("features");
    for (TrainingSchema.Column feature : schema.features()) {
      ObjectNode node = column(feature);
      About about = schema.about(feature.name());
      if (!about.isEmpty()) {
        node.set("about", JSON.valueToTree(about.said()));
      }
      features.add(node);
    }
    TrainingSchema.Column label = schema.label();
    root.set("label", label == null ? null : column(label));
    ObjectNode counted = root.putObject("counts");
    counts.forEach(counted::put);
    ArrayNode onTime = root.putArray("assumedOnTime");
    assumedOnTime.forEach(onTime::add);
    ArrayNode files = root.putArray("sourceFiles");
    for (SourceFile file : sourceFiles) {
      ObjectNode node = files.addObject();
      node.put("source", file.source());
      node.put("path", file.path());
      node.put("bytes", file.bytes());
      node.put("sha256", file.sha256());
    }
    root.put("run", run);
    root.put("codeVersion", codeVersion);
    root.put("labelText", labelText);
    ArrayNode told = root.putArray("remarks");
    remarks.forEach(told::add);
    root.put("plan", planText);
    return root.toPrettyString() + "\n";
  }

  private static ObjectNode column(TrainingSchema.Column column) {
    return JSON.createObjectNode().put("name", column.name()).put("type", column.type().name());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /**
   * The manifest of a training set's folder; of a folder of days ({@code date=2001-01-07}), what
   * they are together.
   *
   * @throws TrainingSetException if there is none, or it can't be read
   */
  public static Manifest read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      List<Path> days = DayFolders.of(folder);
      if (!days.isEmpty()) {
        return DayFolders.together(folder, days);
      }
      throw new TrainingSetException(
          folder
              + " is no training set: it has no "
              + FILE
              + "; give the folder that a backfill published",
          null);
    }
    try {
      return fromJson(Files.readString(file));
    } catch (IOException | RuntimeException e) {
      throw new TrainingSetException(
          file + " can't be read (" + e.getMessage() + "); write the training set again", e);
    }
  }

  /** The manifest of JSON text as {@link #toJson} wrote it, now or in an earlier version. */
  public static Manifest fromJson(String json) throws IOException {
    JsonNode root = JSON.readTree(json);
    int version = root.path("version").asInt();
    if (version < FIRST_VERSION || version > VERSION) {
      throw new IOException("its version is " + root.path("version") + ", not " + VERSION);
    }
    List<String> entities = new ArrayList<>();
    root.required("entities").forEach(e -> entities.add(e.asText()));
    List<TrainingSchema.Column> features = new ArrayList<>();
    Map<String, About> about = new TreeMap<>();
    for (JsonNode feature : root.required("features")) {
      features.add(column(feature));
      if (feature.has("about")) {
        about.put(feature.required("name").asText(), about(feature.required("about")));
      }
    }
    JsonNode label = root.required("label");
    Map<String, Long> counts = new TreeMap<>();
    root.required("counts")
        .fields()
        .forEachRemaining(e -> counts.put(e.getKey(), e.getValue().asLong()));
    List<String> onTime = new ArrayList<>();
    root.required("assumedOnTime").forEach(s -> onTime.add(s.asText()));
    List<SourceFile> files = new ArrayList<>();
    for (JsonNode f : root.required("sourceFiles")) {
      files.add(
          new SourceFile(
              f.required("source").asText(),
              f.required("path").asText(),
              f.required("bytes").asLong(),
              f.required("sha256").asText()));
    }
    return new Manifest(
        root.required("featureSet").asText(),
        root.required("fingerprint").asText(),
        root.required("plan").asText(),
        new TrainingSchema(entities, features, label.isNull() ? null : column(label), about),
        root.required("rows").asLong(),
        instant(root, "firstEventTime"),
        instant(root, "lastEventTime"),
        instant(root, "until"),
        counts,
        onTime,
        files,
        root.required("run").asText(),
        version == FIRST_VERSION ? null : root.required("codeVersion").asText(null),
        version <= SECOND_VERSION
            ? (label.isNull() ? "" : null)
            : root.required("labelText").asText(null),
        remarks(root, version));
  }

  private static List<String> remarks(JsonNode root, int version) {
    List<String> remarks = new ArrayList<>();
    if (version > THIRD_VERSION) {
      root.required("remarks").forEach(r -> remarks.add(r.asText()));
    }
    return remarks;
  }

  private static About about(JsonNode node) {
    List<String> tags = new ArrayList<>();
    node.path("tags").forEach(tag -> tags.add(tag.asText()));
    return new About(
        node.path("description").asText(),
        node.path("owner").asText(),
        tags,
        node.path("unit").asText(),
        node.path("sensitive").asBoolean(),
        node.path("successor").asText(null));
  }

  private static TrainingSchema.Column column(JsonNode node) {
    return new TrainingSchema.Column(
        node.required("name").asText(), ValueType.valueOf(node.required("type").asText()));
  }

  private static @Nullable Instant instant(JsonNode root, String field) {
    JsonNode node = root.required(field);
    return node.isNull() ? null : Instant.parse(node.asText());
  }
}
