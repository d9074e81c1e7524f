package dev.lockstep.beam.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this code: the project's, and the commit where it was built within git. */
public final class CodeVersion {
  private static final String FILE = "code-version.properties";

  private CodeVersion() {}

  /** Such as {@code 0.1.0 (1a2b3c4)}. */
  public static String current() {
    Properties built = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing; build the project again");
      }
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(built);
  }

  static String of(Properties built) {
    String version = built.getProperty("version", "");
    String commit = built.getProperty("commit", "");
    // Without git, the build has left the placeholder.
    return commit.isEmpty() || commit.startsWith("$") ? version : version + " (" + commit + ")";
  }
}
