package dev.lockstep.beam.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers the keys of a shard, from their bytes: no text is made for a row whose key was seen
 * before. Open addressing with linear probing.
 */
final class KeyTable {
  private int[] slots = new int[1 << 10];
  private int[] group = new int[1 << 8];
  private int[] begin = new int[(1 << 8) + 1];
  private int[] hashes = new int[1 << 8];
  private byte[] arena = new byte[1 << 12];
  private int size;

  int size() {
    return size;
  }

  /** The number of a key, a new one if it is new; keys of different groups differ. */
  int number(int keyGroup, byte[] bytes, int from, int length) {
    int hash = hash(keyGroup, bytes, from, length);
    int slot = hash & slots.length - 1;
    while (slots[slot] != 0) {
      int known = slots[slot] - 1;
      if (hashes[known] == hash && holds(known, keyGroup, bytes, from, length)) {
        return known;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return add(slot, hash, keyGroup, bytes, from, length);
  }

  private static int hash(int keyGroup, byte[] bytes, int from, int length) {
    int hash = keyGroup;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private boolean holds(int key, int keyGroup, byte[] bytes, int from, int length) {
    return group[key] == keyGroup
        && Arrays.equals(arena, begin[key], begin[key + 1], bytes, from, from + length);
  }

  private int add(int slot, int hash, int keyGroup, byte[] bytes, int from, int length) {
    if (size == group.length) {
      group = Arrays.copyOf(group, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
      begin = Arrays.copyOf(begin, size * 2 + 1);
    }
    int end = begin[size] + length;
    if (end > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(end, arena.length * 2));
    }
    System.arraycopy(bytes, from, arena, begin[size], length);
    begin[size + 1] = end;
    group[size] = keyGroup;
    hashes[size] = hash;
    slots[slot] = ++size;
    if (size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int key = 0; key < size; key++) {
      int slot = hashes[key] & slots.length - 1;
      while (slots[slot] != 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = key + 1;
    }
  }

  /** The numbers of all keys, ordered by group, then by bytes. */
  int[] inOrder() {
    return IntStream.range(0, size).boxed().sorted(this::compare).mapToInt(i -> i).toArray();
  }

  private int compare(int a, int b) {
    int by = Integer.compare(group[a], group[b]);
    return by != 0
        ? by
        : Arrays.compareUnsigned(arena, begin[a], begin[a + 1], arena, begin[b], begin[b + 1]);
  }

  /** A key as text. */
  String text(int key) {
    return new String(arena, begin[key], begin[key + 1] - begin[key], StandardCharsets.UTF_8);
  }
}
