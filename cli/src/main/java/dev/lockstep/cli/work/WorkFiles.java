package dev.lockstep.cli.work;

import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a work folder: on this machine, or wherever one of Flink's file systems reaches, for
 * there its checkpoints go.
 */
public final class WorkFiles {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*");

  private final String given;
  private final Path folder;
  private final java.nio.file.@Nullable Path local;

  private WorkFiles(String given, java.nio.file.Path local) {
    this.given = given;
    this.local = local;
    this.folder = new Path(local.toAbsolutePath().normalize().toUri());
  }

  private WorkFiles(String given, URI uri) {
    this.given = given;
    this.local = null;
    this.folder = new Path(uri.getScheme(), uri.getAuthority(), uri.getPath());
  }

  /** Of a folder of this machine, which need not be there. */
  public static WorkFiles of(java.nio.file.Path folder) {
    return new WorkFiles(folder.toString(), folder);
  }

  /**
   * Of a path of this machine, or a URI such as {@code s3://bucket/folder}; it need not be there.
   *
   * @throws CommandException if no file system of Flink's knows the scheme
   */
  public static WorkFiles of(String given) {
    if (!SCHEME.matcher(given).matches()) {
      return of(java.nio.file.Path.of(given));
    }
    try {
      URI uri = URI.create(given);
      if (uri.getScheme().equalsIgnoreCase("file")) {
        return new WorkFiles(
            given, java.nio.file.Path.of(new URI("file", null, uri.getPath(), null)));
      }
      WorkFiles files = new WorkFiles(given, uri);
      var unused = files.system();
      return files;
    } catch (UnsupportedFileSystemSchemeException e) {
      throw unknown(given, URI.create(given).getScheme());
    } catch (IOException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          given + " can't be reached: " + e.getMessage(),
          "see what its file system needs, such as credentials in the environment");
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new CommandException(
          given + " is no URI: " + e.getMessage(), "write SCHEME://PLACE/FOLDER, or a path");
    }
  }

  private static CommandException unknown(String given, String scheme) {
    String plugin =
        switch (scheme.toLowerCase(Locale.ROOT)) {
          case "s3", "s3a", "s3p" -> "flink-s3-fs-hadoop";
          case "gs" -> "flink-gs-fs-hadoop";
          case "oss" -> "flink-oss-fs-hadoop";
          case "abfs", "abfss", "wasb", "wasbs" -> "flink-azure-fs-hadoop";
          default -> "that of this scheme";
        };
    return new CommandException(
        "no file system of Flink knows the scheme of --work " + given,
        "put Flink's plug-in for "
            + scheme
            + ":// (of this version: "
            + plugin
            + ") on LOCKSTEP_CLASSPATH, and where it is a cluster's, into its plugins folder too; or"
            + " give a folder that the command and all TaskManagers see under one path");
  }

  private FileSystem system() throws IOException {
    return folder.getFileSystem();
  }

  /** The folder of this machine; empty if it is elsewhere. */
  public Optional<java.nio.file.Path> local() {
    return Optional.ofNullable(local);
  }

  /** The folder, however it was given: the path of a folder of this machine, else the URI. */
  public String name() {
    return local != null ? local.toAbsolutePath().normalize().toString() : folder.toString();
  }

  /** The URI of the folder, or of a path in it. */
  public String uri(String path) {
    return at(path).toUri().toString();
  }

  private Path at(String path) {
    return path.isEmpty() ? folder : new Path(folder, path);
  }

  /** The text of a file in the folder; empty if there is none. */
  public Optional<String> read(String name) throws IOException {
    try (FSDataInputStream in = system().open(at(name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Writes a file whole or not at all; on this machine it is on the disk afterwards. */
  public void write(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (local == null) { // what stores objects shows one once it is whole
      try (FSDataOutputStream out = system().create(at(name), FileSystem.WriteMode.OVERWRITE)) {
        out.write(bytes);
      }
      return;
    }
    java.nio.file.Path half = Files.createDirectories(local).resolve(name + ".tmp");
    Files.write(half, bytes);
    try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(half, local.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * What is in a folder.
   *
   * @param name without the folder's
   * @param isFolder whether it is one itself
   * @param changedMillis when it was written last, where that is known
   */
  public record Found(String name, boolean isFolder, long changedMillis) {}

  /** What is in a folder of this one; nothing if it isn't there. */
  public List<Found> list(String path) throws IOException {
    if (local != null) {
      return listed(path.isEmpty() ? local : local.resolve(path));
    }
    List<Found> found = new ArrayList<>();
    try {
      FileStatus[] there = system().listStatus(at(path));
      if (there != null) {
        for (FileStatus status : there) {
          found.add(
              new Found(status.getPath().getName(), status.isDir(), status.getModificationTime()));
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found;
  }

  /** On this machine, also while Flink removes some of it: what is gone meanwhile is left out. */
  private static List<Found> listed(java.nio.file.Path folder) throws IOException {
    List<Found> found = new ArrayList<>();
    try (Stream<java.nio.file.Path> there = Files.list(folder)) {
      for (java.nio.file.Path file : there.toList()) {
        try {
          BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
          found.add(
              new Found(
                  String.valueOf(file.getFileName()),
                  is.isDirectory(),
                  is.lastModifiedTime().toMillis()));
        } catch (NoSuchFileException e) {
          continue;
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  /** Deletes a file, or a folder with all it holds; nothing if it isn't there. */
  public void delete(String path) throws IOException {
    try {
      system().delete(at(path), true);
    } catch (FileNotFoundException e) {
      return; // somebody else was quicker
    }
  }

  /** As it was given. */
  @Override
  public String toString() {
    return given;
  }
}
