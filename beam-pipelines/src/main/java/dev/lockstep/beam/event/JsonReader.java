package dev.lockstep.beam.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.lockstep.intake.EventReader;
import dev.lockstep.intake.FieldType;
import dev.lockstep.intake.Fields;
import dev.lockstep.intake.MessageReader;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Shown;
import dev.lockstep.value.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects, token by token: the fields that the plan needs become values, all others are
 * passed over. Not thread-safe.
 *
 * <p>A whole message is one document. Bytes that are no UTF-8 matter where they are read: they are
 * replaced before the parser sees them, and make a fault of the field whose text had them.
 */
final class JsonReader implements EventReader {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxStringLength(MessageReader.MAX_BYTES)
                  .maxNumberLength(1_000)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // What a message is must not hang on the names of messages before it.
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** Stands for what is no UTF-8: allowed in text, and in no component's name. */
  private static final byte NO_CHARACTER = 0x7F;

  private static final int MOST_REMEMBERED = 256;

  private final boolean sensitive;

  /** The names of all the record's fields, needed or not. */
  private final Set<String> ownNames;

  /** The names of the message before, in order, and the field of each: most look alike. */
  private @Nullable String[] names = new @Nullable String[16];

  private int[] fieldsOf = new int[16];
  private int[] noUtf8 = {};

  JsonReader(SourcePlan source) {
    this.sensitive =
        source.schema().components().stream().anyMatch(RecordSchema.Component::sensitive);
    this.ownNames =
        source.schema().components().stream()
            .map(RecordSchema.Component::fieldName)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void read(byte[] message, Fields into) {
    noUtf8 = Utf8Bytes.invalid(message);
    byte[] text = noUtf8.length == 0 ? message : withoutInvalid(message);
    boolean any;
    try (JsonParser in = FACTORY.createParser(text)) {
      in.nextToken(); // {, which the format has looked for
      any = object(in, into);
      requireEnd(in);
    } catch (StreamConstraintsException e) {
      throw new DataException("a message beyond what is read: " + firstLine(e), e);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "no JSON at byte "
              + Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getByteOffset())
              + (sensitive ? "" : ": " + Shown.text(firstLine(e))),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // none: the bytes are here
    }
    if (!any) {
      Envelope.refuse(text, ownNames);
    }
  }

  /** Reads to the object's end: whether one of its fields is needed. */
  private boolean object(JsonParser in, Fields into) throws IOException {
    boolean any = false;
    int place = 0;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      int field = fieldOf(name, place++, into);
      JsonToken value = in.nextToken();
      if (field >= 0) {
        any = true;
        value(in, value, field, into);
      } else if (value.isStructStart()) {
        in.skipChildren();
      }
    }
    return any;
  }

  private int fieldOf(String name, int place, Fields into) {
    if (place < names.length) {
      // Cheap: the parser gives a name that it has seen as the same object.
      if (name.equals(names[place])) {
        return fieldsOf[place];
      }
    } else if (place < MOST_REMEMBERED) {
      names = Arrays.copyOf(names, names.length * 2);
      fieldsOf = Arrays.copyOf(fieldsOf, names.length);
    }
    int field = into.indexOf(name);
    if (place < names.length) {
      names[place] = name;
      fieldsOf[place] = field;
    }
    return field;
  }

  private void value(JsonParser in, JsonToken token, int field, Fields into) throws IOException {
    switch (token) {
      case VALUE_STRING -> text(in, field, into);
      case VALUE_NUMBER_INT -> integer(in, field, into);
      case VALUE_NUMBER_FLOAT -> fraction(in, field, into);
      case VALUE_TRUE -> into.bool(field, true);
      case VALUE_FALSE -> into.bool(field, false);
      case VALUE_NULL -> into.nul(field);
      case START_OBJECT -> structure(in, "an object", field, into);
      case START_ARRAY -> structure(in, "an array", field, into);
      default -> throw new IllegalStateException("token " + token + " where a value begins");
    }
  }

  private static void structure(JsonParser in, String what, int field, Fields into)
      throws IOException {
    into.fault(field, into.type(field).mistyped(what));
    in.skipChildren();
  }

  private void text(JsonParser in, int field, Fields into) throws IOException {
    String text = in.getText();
    if (noUtf8.length > 0 && hasInvalid(in)) {
      into.fault(field, into.type(field).notUtf8());
    } else {
      into.text(field, text);
    }
  }

  private static void integer(JsonParser in, int field, Fields into) throws IOException {
    if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      fraction(in, field, into);
    } else {
      into.integer(field, in.getLongValue());
    }
  }

  /** A number that is no long: by its text, so that it is rounded once. */
  private static void fraction(JsonParser in, int field, Fields into) throws IOException {
    FieldType type = into.type(field);
    if (type.type() == ValueType.DOUBLE) {
      into.floating(field, floating(in, type.isFloat()));
      return;
    }
    String text = in.getText();
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) { // NaN, or an exponent of many digits
      into.fault(field, type.mistyped("the number " + text));
      return;
    }
    into.decimal(field, value);
  }

  private static double floating(JsonParser in, boolean asFloat) throws IOException {
    if (in.isNaN()) {
      // By its text: asked for its value, the parser gives that of a long number before it.
      String text = in.getText();
      return text.equals("NaN")
          ? Double.NaN
          : text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return asFloat ? Float.parseFloat(in.getText()) : in.getDoubleValue();
  }

  /** Whether the text that was just read has one of the bytes that are no UTF-8. */
  private boolean hasInvalid(JsonParser in) {
    int from = (int) in.currentTokenLocation().getByteOffset();
    int to = (int) in.currentLocation().getByteOffset();
    int place = Arrays.binarySearch(noUtf8, from);
    int next = place >= 0 ? place : -place - 1;
    return next < noUtf8.length && noUtf8[next] < to;
  }

  private byte[] withoutInvalid(byte[] message) {
    byte[] text = message.clone();
    for (int place : noUtf8) {
      text[place] = NO_CHARACTER;
    }
    return text;
  }

  private static void requireEnd(JsonParser in) throws IOException {
    long end = in.currentLocation().getByteOffset();
    JsonToken behind;
    try {
      behind = in.nextToken();
    } catch (JsonProcessingException e) {
      behind = JsonToken.NOT_AVAILABLE;
    }
    if (behind != null) {
      throw new DataException(
          "a message with something behind its JSON object, which ends at byte "
              + end
              + ": write each object as a message of its own");
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }
}
