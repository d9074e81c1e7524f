package dev.lockstep.define;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name that a record component has in files and messages, where it isn't the component's own:
 * {@code @FieldName("card-id") String card}. It changes no value and no fingerprint.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface FieldName {
  /** The column's or field's name; not empty. */
  String value();
}
