package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.beam.snapshot.Snapshot;
import dev.lockstep.beam.snapshot.SnapshotFolder;
import dev.lockstep.beam.write.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checksums of history files, each read once; a file that a snapshot has, and that is unchanged
 * since by path, size and time, isn't read again: a night costs its new files, not all of history.
 *
 * <p>A time tells a change only from when the file system's clock had moved on: a file written,
 * read here and written again within one tick would look unchanged. So a file's time is noted only
 * where it is older than the snapshot before by more than a tick: that was there before this run
 * read the file, and no clock but the file system's is asked.
 */
final class FileDigests {
  /** The coarsest that file systems tell times in. */
  private static final long TICK_MICROS = 2_000_000;

  private final Map<String, Manifest.SourceFile> known = new HashMap<>();
  private final Map<String, Long> knownTimes;
  private final long readAfterMicros;
  private final Map<String, Long> times = new ConcurrentHashMap<>();

  private FileDigests(@Nullable Snapshot before, long readAfterMicros) {
    this.knownTimes = before == null ? Map.of() : before.modified();
    this.readAfterMicros = readAfterMicros;
    if (before != null) {
      before.files().forEach(file -> known.put(file.path(), file));
    }
  }

  /**
   * @param before what the run goes on from; null where it begins
   * @param folder of that
   */
  static FileDigests of(@Nullable Snapshot before, @Nullable SnapshotFolder folder) {
    return new FileDigests(
        before, folder == null ? Long.MIN_VALUE : modified(folder.manifest()) - TICK_MICROS);
  }

  /** The files with their checksums, in their order. */
  List<Manifest.SourceFile> of(List<HistoryFile> files, Function<HistoryFile, String> name) {
    Map<String, String> digests = new ConcurrentHashMap<>();
    files.stream().map(HistoryFile::path).distinct().toList().parallelStream()
        .forEach(path -> digests.put(path, digest(path)));
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

  /**
   * When files were last changed, in microseconds by path, of those where that tells of a change.
   */
  Map<String, Long> modified() {
    return new TreeMap<>(times);
  }

  private String digest(String path) {
    Path file = Path.of(path);
    long time = modified(file);
    Long knownTime = knownTimes.get(path);
    Manifest.SourceFile as = known.get(path);
    if (time < readAfterMicros) {
      times.put(path, time);
    }
    return as != null && knownTime != null && knownTime == time && as.bytes() == bytes(file)
        ? as.sha256()
        : sha256(file);
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
    } catch (IOException e) {
      throw new HistoryFileException(file + " can't be looked at (" + e + ")", e);
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new HistoryFileException(file + " can't be looked at (" + e + ")", e);
    }
  }

  private static String sha256(Path path) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
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
