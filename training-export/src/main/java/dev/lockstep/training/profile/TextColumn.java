package dev.lockstep.training.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of text, as numbers of a dictionary: what a category is called is kept once.
 *
 * <p>Beyond {@value #MOST} different texts all new ones share one number: memory is bounded, and
 * such a column is an id rather than a category.
 */
final class TextColumn {
  static final int NULL = -1;
  static final int MOST = 100_000;

  private final String name;
  private final Map<String, Integer> codeOf = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private int[] codes;
  private int size;
  private long count;
  private long nulls;

  TextColumn(String name, int capacity) {
    this.name = name;
    this.codes = new int[Math.max(capacity, 16)];
  }

  void add(@Nullable String text, boolean held) {
    if (text == null) {
      nulls++;
    } else {
      count++;
    }
    if (held) {
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, Math.addExact(size, size / 2));
      }
      codes[size++] = text == null ? NULL : learn(text);
    }
  }

  private int learn(String text) {
    Integer known = codeOf.get(text);
    if (known != null) {
      return known;
    }
    if (texts.size() == MOST) {
      return MOST;
    }
    codeOf.put(text, texts.size());
    texts.add(text);
    return texts.size() - 1;
  }

  String name() {
    return name;
  }

  long count() {
    return count;
  }

  long nulls() {
    return nulls;
  }

  int size() {
    return size;
  }

  int code(int row) {
    return codes[row];
  }

  /** How many different texts; {@link #MOST} may stand for more. */
  int distinct() {
    return texts.size();
  }

  /** One more than the greatest code. */
  int codes() {
    return texts.size() == MOST ? MOST + 1 : texts.size();
  }

  String text(int code) {
    return code == MOST ? "(all others)" : texts.get(code);
  }

  /** Whether the row's text is this one; of texts beyond the dictionary nothing is known. */
  boolean is(int row, @Nullable String text) {
    int code = codes[row];
    if (text == null || code == NULL) {
      return text == null && code == NULL;
    }
    return code == MOST || texts.get(code).equals(text);
  }

  boolean sameAs(TextColumn other) {
    if (size != other.size || distinct() != other.distinct()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!is(i, other.codes[i] == NULL ? null : other.text(other.codes[i]))) {
        return false;
      }
    }
    return true;
  }
}
