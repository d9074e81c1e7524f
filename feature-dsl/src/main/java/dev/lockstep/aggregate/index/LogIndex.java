package dev.lockstep.aggregate.index;

/** What follows the changes of an event log's rows {@code [begin, end)}. */
public interface LogIndex {

  /** Takes note that a row was inserted; those from it on have moved up by one. */
  void inserted(int row);

  /** Takes note that a row is about to be removed; those behind it will move down by one. */
  void removing(int row);

  /** Takes note that the rows before {@code begin} are about to be forgotten, unmoved. */
  void forgetting(int begin);

  /** Takes note that all rows are about to move down by so many. */
  void movingDown(int count);
}
