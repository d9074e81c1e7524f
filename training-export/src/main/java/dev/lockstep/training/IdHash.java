package dev.lockstep.training;

import java.nio.charset.StandardCharsets;

/** A request id as 64 bits: that two of a million are alike has a chance of one in 37 million. */
public final class IdHash {
  private IdHash() {}

  /** FNV-1a with SplitMix64's finish, so that all bits count. */
  public static long of(String id) {
    return of(id.getBytes(StandardCharsets.UTF_8));
  }

  static long of(byte[] text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
