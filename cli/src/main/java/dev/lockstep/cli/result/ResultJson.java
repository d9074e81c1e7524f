package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a result's record to JSON: names in snake_case in the record's order, instants
 * as ISO text, enum constants in lower case; what is null isn't there, and so isn't what is not a
 * number, where the record lets it be absent.
 */
public final class ResultJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(new LowerCase()))
          .build();

  private static final ObjectWriter INDENTED = MAPPER.writer(SerializationFeature.INDENT_OUTPUT);

  private static final class LowerCase extends StdSerializer<Enum<?>> {
    private static final long serialVersionUID = 1L;

    LowerCase() {
      super(Enum.class, false);
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  private ResultJson() {}

  /** One document, over several lines, without an end of line after it. */
  public static String document(Record result) {
    return write(INDENTED, result);
  }

  /** One document on one line, for commands that write several. */
  public static String line(Record result) {
    return write(MAPPER.writer(), result);
  }

  private static String write(ObjectWriter writer, Record result) {
    try {
      return writer.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A figure that JSON can hold; null for infinities and what is not a number. */
  public static @Nullable Double finite(double figure) {
    return Double.isFinite(figure) ? figure : null;
  }
}
