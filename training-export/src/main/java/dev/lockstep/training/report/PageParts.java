package dev.lockstep.training.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/**
 * What every page has inside: its style, its script, and Chart.js from its webjar.
 *
 * @param library the charting library with its licence in front
 * @param script ours, which draws what {@link ChartJson} says
 */
record PageParts(String style, String library, String script) {
  private static final String WEBJAR = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private static final String FILES = "/META-INF/resources/webjars/chart.js/";

  static PageParts load() {
    String folder = FILES + libraryVersion() + "/";
    return new PageParts(
        read("page.css"),
        library(read(folder + "dist/chart.umd.js"), read(folder + "LICENSE.md")),
        read("page.js"));
  }

  // Its own banner and the pointer to its source map hold addresses; the licence says more.
  private static String library(String source, String licence) {
    String code =
        source
            .replaceFirst("(?s)^\\s*/\\*!.*?\\*/\\s*", "")
            .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
            .replaceAll("https?://[^\\s\"'*]+", "");
    return "/*! Chart.js " + libraryVersion() + "\n" + licence.strip() + "\n*/\n" + code.strip();
  }

  private static String libraryVersion() {
    Properties properties = new Properties();
    try (InputStream in = open(WEBJAR)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  /** What a policy names to allow this script and no other. */
  static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String read(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = PageParts.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " is not on the class path: build it again");
    }
    return in;
  }
}
