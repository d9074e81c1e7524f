package dev.lockstep.beam.simulation;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.store.OnlineStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Functions as they are shipped to subtasks: serialised, but for the definition, which is shared,
 * and for the online store, which is the run's own.
 */
final class Packed {
  private enum Shared implements Serializable {
    SET,
    STORE
  }

  private Packed() {}

  static byte[] of(DoFn<?, ?> function) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out =
        new ObjectOutputStream(bytes) {
          {
            enableReplaceObject(true);
          }

          @Override
          protected Object replaceObject(Object object) {
            return object instanceof FeatureSet
                ? Shared.SET
                : object instanceof OnlineStore ? Shared.STORE : object;
          }
        }) {
      out.writeObject(function);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked")
  static DoFn<Object, Object> open(byte[] packed, FeatureSet<?> set, OnlineStore store) {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(packed)) {
          {
            enableResolveObject(true);
          }

          @Override
          protected Object resolveObject(Object object) {
            return object == Shared.SET ? set : object == Shared.STORE ? store : object;
          }
        }) {
      return (DoFn<Object, Object>) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
