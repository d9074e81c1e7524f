package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.beam.write.Manifest;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a manifest says about the history, before anything is computed. */
final class HistoryRecord {
  private HistoryRecord() {}

  static Manifest manifest(
      Definition definition,
      FeaturePlan plan,
      List<HistoryFile> files,
      List<Manifest.SourceFile> checksums,
      String run) {
    return new Manifest(
            plan.name(),
            plan.fingerprint(),
            plan.text(),
            TrainingParts.schema(plan),
            0,
            null,
            null,
            definition.settings().until(),
            Map.of(),
            plan.sources().stream()
                .filter(s -> assumedOnTime(s, files))
                .map(SourcePlan::name)
                .distinct() // a source may be read twice
                .toList(),
            checksums.stream().distinct().toList(),
            run)
        .withLabelText(plan.labelText());
  }

  /** The files with their checksums, in their order; each is read once. */
  static List<Manifest.SourceFile> checksums(
      List<HistoryFile> files, Function<HistoryFile, String> name) {
    List<String> paths = files.stream().map(HistoryFile::path).distinct().toList();
    Map<String, String> digests =
        paths.parallelStream().collect(Collectors.toConcurrentMap(p -> p, HistoryRecord::sha256));
    return files.stream()
        .map(
            f ->
                new Manifest.SourceFile(
                    name.apply(f),
                    f.path(),
                    f.bytes(),
                    Objects.requireNonNull(digests.get(f.path()))))
        .toList();
  }

  /** Nothing says when its events arrived: neither a column of its own, nor the archive's. */
  private static boolean assumedOnTime(SourcePlan source, List<HistoryFile> files) {
    return !source.table()
        && source.availableAtColumn() < 0
        && files.stream().anyMatch(f -> f.source() == source.index() && !f.recordTimestamps());
  }

  private static String sha256(String path) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(Path.of(path)), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new HistoryFileException(path + " can't be read (" + e + ")", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
