package dev.lockstep.cli.work;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** Files under {@code shelf:/path}: what Flink knows by a plug-in, and nothing of ours does. */
public final class ShelfFiles implements FileSystemFactory {

  private static final class Shelf extends LocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("shelf:/");
    }
  }

  @Override
  public String getScheme() {
    return "shelf";
  }

  @Override
  public FileSystem create(URI uri) {
    return new Shelf();
  }
}
