package dev.lockstep.cli.command;

import dev.lockstep.beam.write.CodeVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** Lockstep's version with the commit that it was built from, and those of what it stands on. */
public final class Versions implements IVersionProvider {
  private static final String XGBOOST = "/META-INF/maven/ml.dmlc/xgboost4j_2.12/pom.properties";

  /** Lets a command line and all its commands tell it. */
  public static void register(CommandLine line) {
    line.getCommandSpec().versionProvider(new Versions());
    line.getSubcommands().values().forEach(Versions::register);
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "lockstep " + CodeVersion.current(),
      "Beam " + ReleaseInfo.getReleaseInfo().getVersion(),
      "Flink " + EnvironmentInformation.getVersion(),
      "Kafka client " + AppInfoParser.getVersion(),
      "XGBoost " + xgboost(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  private static String xgboost() {
    Properties built = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(XGBOOST)) {
      if (in != null) {
        built.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return built.getProperty("version", "of an unknown version");
  }
}
