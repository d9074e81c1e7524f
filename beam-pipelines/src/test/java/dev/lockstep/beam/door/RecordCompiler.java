package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.NaiveRecord;
import dev.lockstep.define.RecordCode;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
          "boolean",
          "byte",
          "short",
          "int",
          "long",
          "float",
          "double",
          "Boolean",
          "Byte",
          "Short",
          "Integer",
          "Long",
          "Float",
          "Double",
          "String",
          "String",
          "Instant",
          "Instant",
          "BigDecimal",
          "BigDecimal",
          "Optional<String>",
          "Optional<Integer>",
          "Optional<Double>",
          "Optional<Instant>",
          "Tier",
          "Tier",
          "UUID",
          "UUID",
          "LocalDate",
          "LocalDate",
          "Optional<Tier>",
          "Optional<UUID>",
          "Optional<LocalDate>");

  /** An enum of the record's own, of which one constant is a class of its own. */
  private static final String TIER =
      "  public enum Tier {\n    GOLD,\n    silver_2,\n    WOOD {\n      @Override public String"
          + " toString() {\n        return \"wood!\";\n      }\n    }\n  }\n";

  private static final List<String> NAMES =
      List.of(
          "id",
          "card",
          "amount",
          "qty",
          "price",
          "merchantName",
          "opened",
          "closedAt",
          "limit",
          "x",
          "rate",
          "flag",
          "note",
          "kind",
          "total",
          "at");

  private record Text(String name, String source, String code, Map<String, String> columns) {}

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
      NaiveRecord naive = NaiveRecord.of(type, !text.code().equals("none"), text.columns());
      records.add(new DrawnRecord(naive, text.code(), text.source()));
    }
    return records;
  }

  private static void compile(List<String> files, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter told = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      URI annotations =
          RecordCode.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "--release",
              "17",
              "-proc:none",
              "-classpath",
              Path.of(annotations).toString());
      boolean done =
          compiler
              .getTask(
                  told, manager, null, options, null, manager.getJavaFileObjectsFromStrings(files))
              .call();
      if (!done) {
        throw new IllegalStateException(told.toString());
      }
    } catch (IOException | URISyntaxException e) {
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
    Map<String, String> columns = new HashMap<>();
    boolean snake = draws.once(4);
    for (int i = 0; i < count; i++) {
      String component = components.get(i);
      if (draws.once(8)) {
        String column = draws.of(List.of("a-b ", "ä.", "$")) + component;
        columns.put(component, column);
        declared.add("@FieldName(\"" + column + "\") " + types.get(i) + " " + component);
      } else {
        if (snake) {
          columns.put(component, component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
        }
        declared.add(types.get(i) + " " + component);
      }
    }
    int text = types.indexOf("String");
    int chosen = text >= 0 && draws.once(2) ? text : draws.below(count);
    String code = draws.once(2) ? "none" : codeFor(draws, types.get(chosen));
    String annotations =
        (snake ? "@SnakeCase\n" : "") + (code.equals("none") ? "" : "@RecordCode(version = 1)\n");
    String body = body(name, code, types.get(chosen), components.get(chosen));
    String source =
        ("package %s;\n\nimport dev.lockstep.define.*;\nimport java.math.BigDecimal;\n"
                + "import java.time.Instant;\nimport java.time.LocalDate;\nimport java.util.Optional;\n"
                + "import java.util.UUID;\n\n%spublic record %s(%s) {\n%s%s}\n")
            .formatted(PACKAGE, annotations, name, String.join(", ", declared), TIER, body);
    return new Text(name, source, code, columns);
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
      case "require" ->
          constructor.formatted("java.util.Objects.requireNonNull(%s);".formatted(name));
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
