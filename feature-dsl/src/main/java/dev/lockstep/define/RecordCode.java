package dev.lockstep.define;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The version of a record's own code: of a constructor that does more than take the components, and
 * of accessors that do more than return them (C17).
 *
 * <p>The plan can't look into such code, so the version stands for it in the fingerprint: raise it
 * when the code's meaning changes. On every path such a record is made whole, and what its code
 * throws makes the row a data error.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RecordCode {
  /** 1 or more. */
  int version();
}
