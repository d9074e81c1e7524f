package dev.lockstep.store;

/**
 * One guarded write: it takes effect only if its mark is greater than the stored one's.
 *
 * @param state the kernel's bytes; never empty
 */
public record StateWrite(StoreKey key, StateMark mark, byte[] state) {}
