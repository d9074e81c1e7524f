package dev.lockstep.training.compare;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Mixing of 64 bits into a hash: the finaliser of MurmurHash3 by Austin Appleby (variant 13). */
final class Mix {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Mix() {}

  static long of(long hash, long bits) {
    long z = (hash ^ bits) + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  static long of(long hash, byte[] bytes) {
    long mixed = of(hash, bytes.length);
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      mixed = of(mixed, (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < bytes.length; at++) {
      rest = rest << 8 | (bytes[at] & 0xff);
    }
    return of(mixed, rest);
  }
}
