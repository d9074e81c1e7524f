package dev.lockstep.plan;

/** Where one part of the key comes from by which a request asks. */
public sealed interface AskPart {

  /** A column of the request's source. */
  record OfRequest(int column) implements AskPart {}

  /**
   * A field of another lookup, as that answers the same request.
   *
   * @param ask index of that lookup's ask
   * @param slot its place among what that answers
   */
  record OfLookup(int ask, int slot) implements AskPart {}
}
