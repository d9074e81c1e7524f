package dev.lockstep.kernel;

import java.util.List;
import java.util.Map;

/**
 * What one write of a state in blocks changes where it is kept. All of it at once, or nothing.
 *
 * @param header replaces the header
 * @param put the blocks to be put, by id; a block of that id is replaced
 * @param deleted the ids of the blocks that are no longer part of the state; none of {@code put}
 */
public record BlockWrite(byte[] header, Map<Long, byte[]> put, List<Long> deleted) {}
