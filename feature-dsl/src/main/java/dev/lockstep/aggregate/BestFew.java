package dev.lockstep.aggregate;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * The best few of many candidates, by their numbers: a binary heap of bounded size with the worst
 * of those kept on top. n candidates cost n log k comparisons at most.
 *
 * <p>J. W. J. Williams, "Algorithm 232: Heapsort", CACM 7 (6), 1964.
 */
final class BestFew {
  private static final int FIRST_CAPACITY = 16;

  private final int most;
  private final IntBinaryOperator order;
  private int[] heap;
  private int size;

  /**
   * @param most how many to keep
   * @param order negative where the first is better; 0 where it doesn't matter
   */
  BestFew(int most, IntBinaryOperator order) {
    this.most = most;
    this.order = order;
    this.heap = new int[Math.min(most, FIRST_CAPACITY)];
  }

  int size() {
    return size;
  }

  /** The worst of those kept; only where there is one. */
  int worst() {
    return heap[0];
  }

  void offer(int candidate) {
    if (size < most) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, (int) Math.min(most, size * 2L));
      }
      rise(size++, candidate);
    } else if (order.applyAsInt(candidate, heap[0]) < 0) {
      sink(candidate);
    }
  }

  /** Takes them out, the best first. */
  int[] take() {
    int[] best = new int[size];
    while (size > 0) {
      int last = heap[--size];
      best[size] = size == 0 ? last : heap[0];
      if (size > 0) {
        sink(last);
      }
    }
    return best;
  }

  private boolean isWorse(int a, int b) {
    return order.applyAsInt(a, b) > 0;
  }

  private void rise(int start, int candidate) {
    int place = start;
    while (place > 0 && isWorse(candidate, heap[(place - 1) / 2])) {
      heap[place] = heap[(place - 1) / 2];
      place = (place - 1) / 2;
    }
    heap[place] = candidate;
  }

  /** Puts a candidate in the top's stead. */
  private void sink(int candidate) {
    int place = 0;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && isWorse(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isWorse(heap[child], candidate)) {
        break;
      }
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = candidate;
  }
}
