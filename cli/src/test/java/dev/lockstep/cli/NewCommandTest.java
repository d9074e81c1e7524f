package dev.lockstep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lockstep new} writes; that it builds and runs is tried by docs/try/stranger.sh. */
class NewCommandTest {
  @TempDir Path folder;

  @Test
  void aProjectIsWritten() throws Exception {
    assertEquals(0, Lockstep.run("new", "card-fraud", "--in", folder.toString()));
    Path project = folder.resolve("card-fraud");
    try (Stream<Path> files = Files.walk(project)) {
      assertEquals(
          List.of(
              ".gitignore",
              ".mvn/wrapper/maven-wrapper.properties",
              "README.md",
              "build.gradle.kts",
              "lockstep",
              "mvnw",
              "mvnw.cmd",
              "pom.xml",
              "sample-data/orders.parquet",
              "sample-data/returns.parquet",
              "settings.gradle.kts",
              "src/main/java/com/example/cardfraud/Order.java",
              "src/main/java/com/example/cardfraud/OrderFeatures.java",
              "src/main/java/com/example/cardfraud/OrderProject.java",
              "src/main/java/com/example/cardfraud/Return.java",
              "src/main/resources/META-INF/services/dev.lockstep.project.Project",
              "src/test/java/com/example/cardfraud/OrderFeaturesTest.java"),
          files
              .filter(Files::isRegularFile)
              .map(f -> project.relativize(f).toString().replace('\\', '/'))
              .sorted()
              .toList());
    }
    String pom = Files.readString(project.resolve("pom.xml"));
    assertTrue(pom.contains("<artifactId>card-fraud</artifactId>"), pom);
    assertTrue(pom.contains("<groupId>com.example.cardfraud</groupId>"), pom);
    assertTrue(pom.contains("<version>${lockstep.version}</version>"), pom);
    assertFalse(pom.contains("${lockstepVersion}"), pom);
    assertTrue(Files.isExecutable(project.resolve("lockstep")));
    assertEquals(
        Files.readString(Path.of("../lockstep")), Files.readString(project.resolve("lockstep")));
    String features =
        Files.readString(project.resolve("src/main/java/com/example/cardfraud/OrderFeatures.java"));
    assertTrue(features.startsWith("package com.example.cardfraud;"), features);
  }

  @Test
  void whatIsThereIsLeftAlone() throws Exception {
    Path mine = Files.createDirectories(folder.resolve("shop")).resolve("mine");
    Files.writeString(mine, "mine");
    assertEquals(2, Lockstep.run("new", "shop", "--in", folder.toString()));
    assertEquals("mine", Files.readString(mine));
    Files.writeString(folder.resolve("file"), "mine");
    assertEquals(2, Lockstep.run("new", "file", "--in", folder.toString()));
  }

  @Test
  void aNameThatNothingCouldHaveIsRefused() {
    for (String name :
        List.of("Shop", "../shop", "1shop", "shop_", "shop--x", "", "a".repeat(61))) {
      assertEquals(2, Lockstep.run("new", name, "--in", folder.toString()), name);
    }
    String[] keyword = {"new", "x", "--package", "com.class", "--in", folder.toString()};
    assertEquals(2, Lockstep.run(keyword));
    assertEquals(0, Lockstep.run("new", "class", "--in", folder.toString()));
    assertTrue(Files.isDirectory(folder.resolve("class/src/main/java/com/example/class_")));
  }
}
