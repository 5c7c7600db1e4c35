// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import java.util.Arrays;

/**
 * The pending events in the order (time, scheduling order): a short sorted front before a {@link
 * Wheel} of all that is later.
 *
 * <p><b>Front.</b> The events up to and including the horizon: the next one apart, the others
 * sorted in an array. What is next is thus known before the one before it fires, and with one or
 * two pending the array is not searched. While few events are pending the front holds them all and
 * the horizon is the end of time. When the front is empty, the wheel's next bucket becomes the
 * front if it is short (with those behind it while all of them together are few) and its end the
 * horizon; else the wheel spreads it. A front that grows too long goes back into the wheel, at a
 * finer level.
 *
 * <p><b>Exact order without sequence numbers.</b> All events of one time are in one place: in one
 * bucket or in the front. (If more than a front of one time are pending, the front holds the first
 * of them, and new ones go behind the rest in their bucket.) Buckets keep the order of arrival,
 * sorting the front is stable, and a new event goes behind all of its time. So equal times leave in
 * the order in which they were scheduled.
 *
 * <p><b>Cache.</b> Events are dereferenced once, when their bucket becomes the front, all of them
 * in one loop whose cache misses overlap.
 *
 * <p><b>Identities.</b> An event keeps its identity when it has fired or was cancelled, since most
 * events are soon scheduled anew. The identities of idle events are taken back before the tables
 * grow, if a quarter are idle, or three quarters of few.
 *
 * <p>Cost (n pending, per event): schedule O(1), cancel O(1) amortized, next O(levels passed), in
 * bytes 16 beside the event itself (8 entry, 4 place, 4 reference).
 */
final class EventSet {
  /** Below this length the front has no special care. */
  private static final int FEW = 12;

  /** From this length on a new event is most often one of the last, and comes in from there. */
  private static final int SEVERAL = 4;

  /** Buckets are added to the front until it has this length. */
  private static final int SHORTEST_FRONT = 16;

  /**
   * The front that holds all that is pending grows up to this length: as long as moving half of it
   * costs less than the wheel does.
   */
  private static final int FIRST_FRONT = 96;

  /** When the wheel has no more than this, the front takes back all. */
  private static final int COLLECTED = FIRST_FRONT / 2;

  /** Any other front grows to twice its length, and at least to this. */
  private static final int LEAST_LIMIT = 32;

  /**
   * A bucket of up to an eighth of what is pending is sorted at once, but not less than the former
   * and not more than the latter.
   */
  private static final int SHORT_BUCKET = 24;

  private static final int LONGEST_BUCKET = 208;

  /** As many events of one instant become the front at once, if more are due. */
  private static final int INSTANT_FRONT = 96;

  /** A front at its limit, at most this, goes back into the wheel, at a finer level. */
  private static final int LONGEST_FRONT = 256;

  private static final int LOADED_AHEAD = 16;
  private static final int NONE = -1;

  /** Room of the front's array while it holds all that is pending, and from then on. */
  private static final int SMALL_ROOM = 2 * FIRST_FRONT;

  private static final int ROOM = 2 * LONGEST_FRONT;

  /** Tables of fewer identities grow unless three quarters are idle: that costs little. */
  private static final int FEW_IDENTITIES = 1024;

  /** Below this number of events all of them are likely to be in the caches. */
  private static final int CACHED_EVENTS = 4096;

  // By identity: the event; and what the wheel notes. Of a free identity: no event; and the next
  // free identity.
  private Event[] events = new Event[64];
  private int[] place = new int[64];
  private int freeIdentity = NONE;
  private int identities;

  // Time and identity of the event that is next; NONE and anything if the front is empty.
  private long nextTime = NONE;
  private int nextIdentity;

  private long taken;

  // The others of the front, sorted, from frontHead to frontTail: time and identity.
  private long[] front = new long[2 * SMALL_ROOM];
  private int frontHead = SMALL_ROOM / 4;
  private int frontTail = SMALL_ROOM / 4;

  /** Level of the first bucket that the front was made of. */
  private int frontLevel;

  private int frontLimit = FIRST_FRONT;

  /** When the head is here, the front is empty, or more events should be loaded into the caches. */
  private int stop = SMALL_ROOM / 4;

  /** Up to here they have been loaded, if not all. */
  private int loadedTo;

  private long horizon = Long.MAX_VALUE;

  // Made when the front first grows too long for all that is pending.
  private Wheel wheel;
  private BucketSort sort;
  private int[] firstOfInstant;

  /** Where the loop that loads events into the caches leaves its sum, so that it is not removed. */
  @SuppressWarnings("UnusedVariable")
  private int loaded;

  /** Returns how many events {@link #takeNext} took out. */
  long taken() {
    return taken;
  }

  int size() {
    int inFront = frontTail - frontHead + (nextTime < 0 ? 0 : 1);
    return inFront + (wheel == null ? 0 : wheel.size());
  }

  /**
   * Takes the next event out; returns null if there is none up to {@code limit}. No bucket is taken
   * that starts beyond the limit: the clock must not stay behind the front's first bucket.
   */
  Event takeNext(long limit) {
    if (nextTime < 0 && !advance(limit)) {
      return null;
    }
    if (nextTime > limit) {
      return null;
    }
    int identity = nextIdentity;
    Event event = events[identity];
    passNext();
    taken++;
    event.handle = ~identity;
    return event;
  }

  /** Counts an event as taken at a time that is before all that is pending; false if none is. */
  boolean passBefore(long time) {
    boolean before = nextTime < 0 ? wheel == null || wheel.size() == 0 : time < nextTime;
    if (before) {
      taken++;
    }
    return before;
  }

  /** Puts the event back that was taken last; nothing else may have happened meanwhile. */
  void returnTaken(Event event) {
    event.handle = ~event.handle;
    taken--;
    if (nextTime < 0) {
      nextIdentity = event.handle;
      nextTime = event.timeNanos;
    } else {
      addBeforeNext(event.handle, event.timeNanos, event.timeNanos);
    }
  }

  /** Returns the bytes held for pending events, beside the events themselves. */
  long memoryBytes() {
    int reference = 4;
    long bytes =
        (long) events.length * (reference + Integer.BYTES) + (long) front.length * Long.BYTES;
    if (wheel != null) {
      bytes += wheel.memoryBytes() + sort.memoryBytes() + INSTANT_FRONT * Integer.BYTES;
    }
    return bytes;
  }

  /** Adds an event that is not pending. */
  void add(Event event, long time, long now) {
    event.timeNanos = time;
    int identity = ~event.handle;
    Event[] known = events;
    if (identity >= known.length || known[identity] != event) {
      identity = identify(event);
    }
    event.handle = identity;
    if (time < nextTime) {
      addBeforeNext(identity, time, now);
    } else if (time > horizon) {
      wheel.add(identity, time);
    } else if (nextTime < 0) {
      nextIdentity = identity;
      nextTime = time;
    } else {
      int head = frontHead;
      int length = frontTail - head;
      if (length >= FEW || head == 0 || 2 * frontTail == front.length) {
        addToLongFront(identity, time, now);
      } else if (length >= SEVERAL) {
        insertBeforeTail(identity, time);
      } else {
        frontHead = head - 1;
        putTowardsTail(2 * (head - 1), time, identity);
      }
    }
  }

  /** Makes an event the next one, and what was next the first of the array. */
  private void addBeforeNext(int identity, long time, long now) {
    int head = frontHead;
    if (head == 0) {
      if (frontTail >= frontLimit) {
        returnFrontToWheel(now);
        wheel.add(identity, time);
        return;
      }
      centreFront();
      head = frontHead;
    }
    frontHead = head - 1;
    put(head - 1, nextTime, nextIdentity);
    nextIdentity = identity;
    nextTime = time;
  }

  /** Makes the first of the array the next one. */
  private void passNext() {
    int head = frontHead;
    if (head >= stop && !loadAhead(head)) {
      nextTime = NONE;
      return;
    }
    frontHead = head + 1;
    nextIdentity = (int) front[2 * head + 1];
    nextTime = front[2 * head];
  }

  /** Takes a pending event out. */
  void remove(Event event) {
    int identity = event.handle;
    if (!isKnown(event, identity)) {
      throw foreign(event);
    }
    if (identity == nextIdentity && nextTime >= 0) {
      passNext();
    } else {
      removeLater(event, identity);
    }
    event.handle = ~identity;
  }

  /** Gives a pending event another time, behind all that are scheduled for it. */
  void move(Event event, long time, long now) {
    int identity = event.handle;
    if (!isKnown(event, identity)) {
      throw foreign(event);
    }
    if (time >= nextTime
        && Math.max(time, event.timeNanos) <= horizon
        && identity != nextIdentity) {
      int at = findInFront(event);
      if (at != NONE) {
        moveInFront(at, time);
        event.timeNanos = time;
        return;
      }
    }
    remove(event);
    add(event, time, now);
  }

  /** Moves the gap that an event of the array leaves to where the event comes. */
  private void moveInFront(int from, long time) {
    long[] in = front;
    int gap = 2 * from;
    if (gap < 2 * frontTail - 2 && in[gap + 2] <= time) {
      putTowardsTail(gap, time, in[gap + 1]);
    } else {
      putTowardsHead(gap, time, in[gap + 1]);
    }
  }

  /** Takes out an event that is not the next one. */
  private void removeLater(Event event, int identity) {
    long time = event.timeNanos;
    int at = time <= horizon || time == front[2 * frontTail - 2] ? findInFront(event) : NONE;
    if (at != NONE) {
      removeFromFront(at);
    } else if (wheel == null || !wheel.remove(identity, time)) {
      throw foreign(event);
    }
  }

  private boolean isKnown(Event event, int identity) {
    return identity < events.length && events[identity] == event;
  }

  private static IllegalStateException foreign(Event event) {
    return new IllegalStateException("the event is pending in another simulator: " + event);
  }

  // Identities

  private int identify(Event event) {
    if (freeIdentity == NONE && identities == events.length) {
      int kept = identities < FEW_IDENTITIES ? identities >>> 2 : identities - (identities >>> 2);
      if (size() < kept) {
        takeBackIdentities();
      } else {
        int length = grown(identities);
        events = Arrays.copyOf(events, length);
        place = Arrays.copyOf(place, length);
        if (wheel != null) {
          wheel.identities(events, place);
        }
      }
    }
    int identity = freeIdentity;
    if (identity != NONE) {
      freeIdentity = place[identity];
    } else {
      identity = identities++;
    }
    events[identity] = event;
    return identity;
  }

  /** Frees the identities of all events that are not pending; none is free yet. */
  private void takeBackIdentities() {
    for (int identity = 0; identity < identities; identity++) {
      Event event = events[identity];
      if (event.handle != identity) {
        // The event may meanwhile have another identity in another simulator.
        if (event.handle == ~identity) {
          event.handle = Event.UNKNOWN;
        }
        events[identity] = null;
        place[identity] = freeIdentity;
        freeIdentity = identity;
      }
    }
  }

  /** Doubles what is small; the others grow by an eighth, to waste little. */
  static int grown(int length) {
    return length < 512 ? length * 2 : length + (length >>> 3);
  }

  // The front

  private void addToLongFront(int identity, long time, long now) {
    if (frontTail - frontHead >= frontLimit) {
      returnFrontToWheel(now);
      wheel.add(identity, time);
      return;
    }
    if (2 * frontTail == front.length || frontHead == 0) {
      centreFront();
    }
    if (time < front[(frontHead + frontTail) & -2]) {
      putTowardsTail(2 * --frontHead, time, identity);
    } else {
      insertBeforeTail(identity, time);
    }
  }

  private void insertBeforeTail(int identity, long time) {
    int tail = frontTail;
    putTowardsHead(2 * tail, time, identity);
    frontTail = tail + 1;
    if (stop == tail) {
      stop = tail + 1;
    }
  }

  /** Moves a gap of the array towards the head past all that are later, and fills it. */
  private void putTowardsHead(int gap, long time, long identity) {
    long[] in = front;
    int first = 2 * frontHead;
    int at = gap;
    while (at > first && in[at - 2] > time) {
      in[at] = in[at - 2];
      in[at + 1] = in[at - 1];
      at -= 2;
    }
    in[at] = time;
    in[at + 1] = identity;
  }

  /** Moves a gap of the array towards the tail past all that are not later, and fills it. */
  private void putTowardsTail(int gap, long time, long identity) {
    long[] in = front;
    int last = 2 * frontTail - 2;
    int at = gap;
    while (at < last && in[at + 2] <= time) {
      in[at] = in[at + 2];
      in[at + 1] = in[at + 3];
      at += 2;
    }
    in[at] = time;
    in[at + 1] = identity;
  }

  private void removeFromFront(int at) {
    int head = frontHead;
    int tail = frontTail;
    if (at - head < tail - at) {
      System.arraycopy(front, 2 * head, front, 2 * head + 2, 2 * (at - head));
      frontHead = head + 1;
    } else {
      System.arraycopy(front, 2 * at + 2, front, 2 * at, 2 * (tail - at - 1));
      frontTail = tail - 1;
      stop = Math.min(stop, tail - 1);
    }
  }

  private int findInFront(Event event) {
    long[] in = front;
    long time = event.timeNanos;
    int at = frontHead;
    int left = frontTail - at;
    while (left > 0) {
      int half = (left + 1) >>> 1;
      at = in[2 * (at + half) - 2] < time ? at + half : at;
      left -= half;
    }
    while (at < frontTail && in[2 * at + 1] != event.handle) {
      at++;
    }
    return at < frontTail ? at : NONE;
  }

  private void centreFront() {
    int size = frontTail - frontHead;
    int head = (front.length / 2 - size) / 2;
    System.arraycopy(front, 2 * frontHead, front, 2 * head, 2 * size);
    stop += head - frontHead;
    loadedTo += head - frontHead;
    frontHead = head;
    frontTail = head + size;
  }

  /**
   * Puts the front back into the wheel, relative to the clock. The levels finer than that of the
   * front's first bucket are empty, and the clock, which is not before that bucket, agrees with the
   * base in the digits of all levels in use: the rest of the wheel stays where it is.
   */
  private void returnFrontToWheel(long now) {
    if (horizon == Long.MAX_VALUE) {
      openWheel(now);
    } else {
      wheel.rebase(frontLevel, now);
    }
    horizon = now - 1;
    wheel.add(nextIdentity, nextTime);
    nextTime = NONE;
    for (int i = frontHead; i < frontTail; i++) {
      wheel.add((int) front[2 * i + 1], front[2 * i]);
    }
    emptyFront();
  }

  private void openWheel(long now) {
    if (wheel == null) {
      wheel = new Wheel(events, place);
      front = Arrays.copyOf(front, 2 * ROOM);
      sort = new BucketSort(LONGEST_BUCKET);
      firstOfInstant = new int[INSTANT_FRONT];
    }
    wheel.reset(now);
  }

  private void put(int at, long time, int identity) {
    front[2 * at] = time;
    front[2 * at + 1] = identity;
  }

  private void emptyFront() {
    stop = ROOM / 4;
    frontHead = ROOM / 4;
    frontTail = ROOM / 4;
  }

  // The next front

  /**
   * Makes the earliest events the front, which is empty; returns false if there are none up to
   * {@code limit}.
   */
  private boolean advance(long limit) {
    if (wheel == null || wheel.size() == 0 || !takeBuckets(limit)) {
      return false;
    }
    passNext();
    return true;
  }

  private boolean takeBuckets(long limit) {
    Wheel from = wheel;
    boolean collects = from.size() <= COLLECTED;
    emptyFront();
    while (true) {
      from.findNext();
      boolean first = frontHead == frontTail;
      if (from.nextStart() > limit) {
        return !first;
      }
      int size = from.nextSize();
      if (size <= (collects ? COLLECTED : longestToSort(from))) {
        if (first) {
          frontLevel = from.nextLevel();
        }
        takeBucket();
        int length = frontTail - frontHead;
        boolean all = from.size() == 0;
        horizon = all && collects ? Long.MAX_VALUE : from.base();
        if (all || (length >= SHORTEST_FRONT && !collects)) {
          int least = collects ? FIRST_FRONT : LEAST_LIMIT;
          frontLimit = Math.min(Math.max(2 * length, least), LONGEST_FRONT);
          return true;
        }
      } else if (!first) {
        return true;
      } else if (from.nextShift() == 0) {
        takeFirstOfInstant();
        return true;
      } else {
        from.spreadNext();
        horizon = from.base() - 1;
      }
    }
  }

  /** Returns the length up to which a bucket is sorted at once, rather than spread. */
  private static int longestToSort(Wheel from) {
    if (from.nextShift() == 0) {
      return LONGEST_BUCKET;
    }
    if (!from.nextIsNarrow()) {
      return FEW;
    }
    return Math.min(Math.max(from.size() >>> 3, SHORT_BUCKET), LONGEST_BUCKET);
  }

  /** Moves the first events of a bucket of one instant to the front, which is empty. */
  private void takeFirstOfInstant() {
    frontLevel = wheel.nextLevel();
    long time = wheel.nextStart();
    wheel.takeFirstOfInstant(firstOfInstant, INSTANT_FRONT);
    for (int i = 0; i < INSTANT_FRONT; i++) {
      put(frontTail++, time, firstOfInstant[i]);
    }
    stop = frontTail;
    horizon = time - 1;
    frontLimit = LONGEST_FRONT;
  }

  /** Puts the next bucket, sorted, behind the front. */
  private void takeBucket() {
    int from = frontTail;
    if (wheel.nextIsNarrow()) {
      long start = wheel.nextStart();
      int shift = wheel.nextShift();
      int size = wheel.takeNext(sort.entries());
      long[] sorted = sort.sorted(size, shift);
      for (int i = 0; i < size; i++) {
        long entry = sorted[i];
        put(from + i, start + (entry >>> 32), (int) entry);
      }
      frontTail = from + size;
    } else {
      long[] entries = sort.entries();
      int size = wheel.takeNext(entries);
      for (int i = 0; i < size; i++) {
        int identity = (int) entries[i];
        insertBeforeTail(identity, events[identity].timeNanos);
      }
    }
    if (identities > CACHED_EVENTS) {
      loadReferences(from);
    } else {
      stop = frontTail;
    }
  }

  /** Loads the references to the events in the front, in one loop whose cache misses overlap. */
  private void loadReferences(int from) {
    int missing = 0;
    for (int i = from; i < frontTail; i++) {
      if (events[(int) front[2 * i + 1]] == null) {
        missing++;
      }
    }
    loaded = missing;
    if (stop == from) {
      loadedTo = from;
      loadAhead(from);
    }
  }

  /**
   * Has the events loaded that will soon be next; returns false if there are none. What is stored
   * is there already: a processor does not wait for a store, as it would for a load.
   */
  private boolean loadAhead(int head) {
    int tail = frontTail;
    int to = Math.min(head + 2 * LOADED_AHEAD, tail);
    for (int i = Math.max(head, loadedTo); i < to; i++) {
      int identity = (int) front[2 * i + 1];
      events[identity].handle = identity;
    }
    loadedTo = to;
    stop = to == tail ? to : to - LOADED_AHEAD;
    return head < tail;
  }
}
