import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Counts the tokens of Java sources, without comments, package and imports: how much an author has
 * to write. {@code java CountTokens.java FILE...}; {@code -} reads standard input.
 */
public final class CountTokens {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
  private static final Pattern HEAD = Pattern.compile("(?m)^(package|import) .*$");
  private static final Pattern TOKEN =
      Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|[A-Za-z_$][\\w$]*|\\d[\\w.]*|->|::|\\S");

  private CountTokens() {}

  public static void main(String[] files) throws IOException {
    long all = 0;
    for (String file : files) {
      byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      String source = new String(bytes, StandardCharsets.UTF_8);
      source = HEAD.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("");
      long tokens = TOKEN.matcher(source).results().count();
      System.out.println(tokens + " " + file);
      all += tokens;
    }
    System.out.println(all + " in all");
  }
}
