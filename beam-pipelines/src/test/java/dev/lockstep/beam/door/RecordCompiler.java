package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Draws record types as Java text and lets the JDK's compiler make classes of them, in a folder, so
 * that they are classes like a user's: found by name, and their bytes by resource.
 */
final class RecordCompiler {
  private static final String PACKAGE = "drawn";
  private static final List<String> TYPES =
      List.of(
          "boolean", "byte", "short", "int", "long", "float", "double", "Boolean", "Byte", "Short",
          "Integer", "Long", "Float", "Double", "String", "String", "Instant", "Instant",
          "BigDecimal", "BigDecimal");
  private static final List<String> NAMES =
      List.of(
          "id", "card", "amount", "qty", "price", "merchantName", "opened", "closedAt", "limit",
          "x", "rate", "flag", "note", "count2", "total", "at");

  private record Text(String name, String source, String code) {}

  private final Path folder;

  RecordCompiler(Path folder) {
    this.folder = folder;
  }

  /** Some record types of one draw. */
  List<DrawnRecord> draw(Draws draws, int count) throws IOException, ReflectiveOperationException {
    List<Text> texts = new ArrayList<>();
    List<String> files = new ArrayList<>();
    Path sources = Files.createDirectories(folder.resolve("source").resolve(PACKAGE));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    for (int i = 0; i < count; i++) {
      Text text = text(draws, "R" + i);
      texts.add(text);
      Path file = Files.writeString(sources.resolve(text.name() + ".java"), text.source());
      files.add(file.toString());
    }
    compile(files, classes);
    // Open as long as its classes are used.
    ClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, RecordCompiler.class.getClassLoader());
    List<DrawnRecord> records = new ArrayList<>();
    for (Text text : texts) {
      Class<?> type = loader.loadClass(PACKAGE + "." + text.name());
      NaiveRecord naive = NaiveRecord.of(type, !text.code().equals("none"));
      records.add(new DrawnRecord(naive, text.code(), text.source()));
    }
    return records;
  }

  private static void compile(List<String> files, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter told = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", classes.toString(), "--release", "17", "-proc:none");
      boolean done =
          compiler
              .getTask(told, manager, null, options, null, manager.getJavaFileObjectsFromStrings(files))
              .call();
      if (!done) {
        throw new IllegalStateException(told.toString());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Text text(Draws draws, String name) {
    List<String> names = new ArrayList<>(NAMES);
    List<String> components = new ArrayList<>();
    List<String> types = new ArrayList<>();
    int count = 2 + draws.below(8);
    while (components.size() < count) {
      components.add(names.remove(draws.below(names.size())));
      types.add(draws.of(TYPES));
    }
    List<String> declared = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      declared.add(types.get(i) + " " + components.get(i));
    }
    int text = types.indexOf("String");
    int chosen = text >= 0 && draws.once(2) ? text : draws.below(count);
    String code = draws.once(2) ? "none" : codeFor(draws, types.get(chosen));
    String body = body(name, code, types.get(chosen), components.get(chosen));
    String source =
        "package %s;\n\nimport java.math.BigDecimal;\nimport java.time.Instant;\n\npublic record %s(%s) {\n%s}\n"
            .formatted(PACKAGE, name, String.join(", ", declared), body);
    return new Text(name, source, code);
  }

  private static String codeFor(Draws draws, String type) {
    if (type.equals("String")) {
      return draws.of(List.of("lower", "accessor", "require"));
    }
    boolean primitive = Character.isLowerCase(type.charAt(0));
    if (primitive && !type.equals("boolean")) {
      return draws.of(List.of("refuse", "refuse", "accessor throws"));
    }
    return primitive ? "empty loop" : draws.of(List.of("require", "accessor throws"));
  }

  private static String body(String record, String code, String type, String name) {
    String constructor = "  public " + record + " {\n    %s\n  }\n";
    return switch (code) {
      case "none" -> "";
      case "lower" ->
          constructor.formatted(
              "%1$s = %1$s == null ? null : %1$s.strip().toLowerCase(java.util.Locale.ROOT);"
                  .formatted(name));
      case "refuse" ->
          constructor.formatted(
              "if (%1$s < 0) {\n      throw new IllegalArgumentException(\"%1$s is negative: \" + %1$s);\n    }"
                  .formatted(name));
      case "require" -> constructor.formatted("java.util.Objects.requireNonNull(%s);".formatted(name));
      case "accessor" ->
          "  public String %1$s() {\n    return %1$s == null ? \"none\" : %1$s + \"!\";\n  }\n"
              .formatted(name);
      case "accessor throws" ->
          "  public %2$s %1$s() {\n    if (String.valueOf(%1$s).length() > 6) {\n      throw new IllegalStateException(\"long\");\n    }\n    return %1$s;\n  }\n"
              .formatted(name, type);
      default -> constructor.formatted("for (int i = 0; i < 0; i++) {}");
    };
  }
}
