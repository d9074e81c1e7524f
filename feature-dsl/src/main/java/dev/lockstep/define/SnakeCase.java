package dev.lockstep.define;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a record's components are written in snake case in files and messages: {@code cardId}
 * is {@code card_id} there. A component's own {@link FieldName} counts before it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SnakeCase {}
