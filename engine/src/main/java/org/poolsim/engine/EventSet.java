// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import java.util.Arrays;

/**
 * The pending events in the order (time, scheduling order): a monotone radix wheel whose digits are
 * as wide as the events are dense, with a short sorted front.
 *
 * <p><b>Front.</b> The events up to and including {@link #horizon}, sorted in an array of at most
 * {@link #LONGEST_FRONT}. While few events are pending the front holds them all and the horizon is
 * the end of time. A front that grows too long goes back into the wheel, at a finer level.
 *
 * <p><b>Wheel.</b> Levels of up to 256 buckets; a level divides one bucket of the coarser level
 * before it. An event beyond the horizon lies at the level to which the highest bit belongs in
 * which its time differs from the {@link #base} (the horizon), in the slot that the level's 8 bits
 * of its time name. When the front is empty, the lowest bucket of the finest level in use is next.
 * If it is short it becomes the front (with those behind it while all of them together are few) and
 * its end the horizon. Else it is spread over a finer level, whose digit is just wide enough to
 * make its buckets short: 4 to 8 bits. So an event moves once or twice, however many are pending.
 *
 * <p><b>Exact order without sequence numbers.</b> All events of one time are in one place: in one
 * bucket, because bucket and level are functions of time and base, or in the front. (If more than a
 * front of one time are pending, the front holds the first of them, and new ones go behind the rest
 * in their bucket.) A bucket keeps the order of arrival, spreading keeps the order within the
 * bucket, sorting the front is stable, and a new event goes behind all of its time. So equal times
 * leave in the order in which they were scheduled.
 *
 * <p><b>Layout.</b> Buckets are chains of chunks of one array of primitive entries (identity of the
 * event, low 32 bits of its time). Spreading a bucket streams through memory and stores nothing
 * that a garbage collector watches; events are dereferenced once, when their bucket becomes the
 * front, all of them in one loop whose cache misses overlap.
 *
 * <p><b>Cancelling</b> empties the entry. {@link #place} says where it was put; spreading does not
 * keep it up to date (that would be a cache miss an event), but for buckets that are not short
 * enough to search. A bucket more than half empty is packed, so that memory stays proportional to
 * what is pending.
 *
 * <p><b>Identities.</b> An event keeps its identity when it has fired or was cancelled, since most
 * events are soon scheduled anew. The identities of idle events are taken back before the tables
 * grow, if a quarter are idle.
 *
 * <p>Cost (n pending, per event): schedule O(1), cancel O(1) amortized, next O(levels passed), in
 * bytes 16 beside the event itself (8 entry, 4 place, 4 reference).
 */
final class EventSet {
  private static final int SLOT_BITS = 8;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int SLOT_MASK = SLOTS - 1;
  private static final int WORDS = SLOTS / 64;

  /** A spread bucket's digit is at least this wide; with 16 levels it always fits. */
  private static final int FEWEST_BITS = 4;

  private static final int LEVELS = 16;

  /** Within a bucket of at most 2 to this, the 32 bits of time in an entry tell its place. */
  private static final int ENTRY_BITS = 32;

  private static final int CHUNK_BITS = 5;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int NONE = -1;
  private static final long HOLE = -1;

  /** A bucket up to this length is sorted at once. */
  private static final int SHORT_BUCKET = 192;

  /** A bucket is spread over buckets that are expected to have at most this length. */
  private static final int SPREAD_LENGTH = 48;

  /** Buckets are added to the front until it has this length. */
  private static final int SHORTEST_FRONT = 16;

  /** The time between events is measured over at least so many. */
  private static final int GAP_EVENTS = 64;

  /** Below this length a bucket is sorted by insertion alone. */
  private static final int FEW = 12;

  /** As many events of one instant become the front at once, or a few more. */
  private static final int INSTANT_FRONT = 96;

  /** A front longer than this goes back into the wheel, at a finer level. */
  private static final int LONGEST_FRONT = 256;

  private static final int FRONT_ROOM = 4 * LONGEST_FRONT;

  /** In a bucket longer than this every event's place is known. */
  private static final int LONGEST_SEARCH = 1024;

  /** Below this number of events all of them are likely to be in the caches. */
  private static final int CACHED_EVENTS = 4096;

  /** {@link #place} of an event in the front that is later than the horizon. */
  private static final int IN_FRONT = Integer.MIN_VALUE;

  // By identity: the event; and, while it is in the wheel, where its entry is or once was in
  // entries; while it is in the front, whatever that was before, or the complement of where it was
  // put. Of a free identity: no event; and the next free identity.
  private Event[] events = new Event[64];
  private int[] place = new int[64];
  private int freeIdentity = NONE;
  private int identities;

  // The front, sorted, from frontHead to frontTail. The time before frontHead is never later than
  // one that can be scheduled: a guard to the search from the tail.
  private final long[] frontTime = new long[FRONT_ROOM];
  private final int[] frontIdentity = new int[FRONT_ROOM];
  private int frontHead = LONGEST_FRONT;
  private int frontTail = LONGEST_FRONT;

  /** What frontHead was moved by other than by taking events out, negated. */
  private long takenBeforeFront = -LONGEST_FRONT;

  /** Level of the first bucket that the front was made of. */
  private int frontLevel;

  private long horizon = Long.MAX_VALUE;

  // The mean time between events, lately, in nanoseconds; and what was taken since the mark.
  private long gap = Long.MAX_VALUE;
  private long gapMark;
  private int gapEvents;

  // The digits of time that levels and slots are relative to; no time in the wheel is before it.
  private long base;

  /**
   * By the highest bit in which a time differs from the base: level * SLOTS + shift of its digit.
   */
  private final int[] levelOfBit = new int[64];

  // The wheel: by bucket (level * SLOTS + slot) its first chunk, its end, and what it holds. Level
  // 0 is the coarsest. Made when the first event is put in.
  private int[] bucketHead;
  private int[] bucketTail;
  private int[] bucketSize;
  private int[] bucketHoles;
  private final int[] levelShift = new int[LEVELS];
  private final long[] occupied = new long[LEVELS * WORDS];
  private int occupiedLevels;
  private int wheelSize;

  // What no bucket holds is a HOLE, or zero if it was never used: an entry with the identity of an
  // event that is pending here is where that event is.
  private long[] entries;
  private int[] chunkNext;
  private int freeChunk = NONE;
  private int chunks;

  // A bucket while it is sorted: time within the bucket in the upper half, identity in the lower.
  private long[] unsorted;
  private long[] sorted;
  private int[] cell;

  /** Where the loop that loads events into the caches leaves its sum, so that it is not removed. */
  @SuppressWarnings("UnusedVariable")
  private int loaded;

  /** Returns how many events were taken out by {@link #takeNext}: the front's head counts them. */
  long taken() {
    return takenBeforeFront + frontHead;
  }

  int size() {
    return frontTail - frontHead + wheelSize;
  }

  /**
   * Makes the front hold the next event; returns false if there is none up to {@code limit}. No
   * bucket is taken that starts beyond the limit: the clock must not stay behind the front's first
   * bucket.
   */
  boolean prepareNext(long limit) {
    return frontHead != frontTail || (wheelSize > 0 && advance(limit));
  }

  /** Returns the time of the next event; only after {@link #prepareNext} returned true. */
  long nextTime() {
    return frontTime[frontHead];
  }

  /** Returns the next event; only after {@link #prepareNext} returned true. */
  Event next() {
    return events[frontIdentity[frontHead]];
  }

  /** Returns the bytes held for pending events, beside the events themselves. */
  long memoryBytes() {
    int reference = 4;
    long bytes =
        (long) events.length * (reference + Integer.BYTES)
            + (long) FRONT_ROOM * (Long.BYTES + Integer.BYTES);
    if (entries != null) {
      bytes +=
          (long) entries.length * Long.BYTES
              + (long) chunkNext.length * Integer.BYTES
              + 4L * LEVELS * SLOTS * Integer.BYTES
              + 2L * SHORT_BUCKET * Long.BYTES;
    }
    return bytes;
  }

  /** Takes the next event out; only after {@link #prepareNext} returned true. */
  Event takeNext() {
    int head = frontHead;
    int identity = frontIdentity[head];
    frontHead = head + 1;
    Event event = events[identity];
    event.handle = ~identity;
    return event;
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
    int tail = frontTail;
    if (time > horizon) {
      addToWheel(identity, time);
      wheelSize++;
    } else if (tail - frontHead >= FEW || tail == FRONT_ROOM) {
      addToLongFront(identity, time, now);
    } else {
      frontTail = tail + 1;
      insertBeforeTail(identity, time, tail);
    }
  }

  /** Takes a pending event out. */
  void remove(Event event) {
    int identity = event.handle;
    if (identity >= events.length || events[identity] != event) {
      throw foreign(event);
    }
    if (event.timeNanos <= horizon || place[identity] == IN_FRONT) {
      removeFromFront(event);
    } else {
      removeFromWheel(event);
    }
    event.handle = ~identity;
  }

  private static IllegalStateException foreign(Event event) {
    return new IllegalStateException("the event is pending in another simulator: " + event);
  }

  // Identities

  private int identify(Event event) {
    if (freeIdentity == NONE && identities == events.length) {
      if (identities - size() > identities >>> 2) {
        takeBackIdentities();
      } else {
        int length = grown(identities);
        events = Arrays.copyOf(events, length);
        place = Arrays.copyOf(place, length);
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

  /** Doubles what is small; large arrays grow by an eighth, to waste little. */
  private static int grown(int length) {
    return length < 1 << 16 ? length * 2 : length + (length >>> 3);
  }

  // The front

  private int insertBeforeTail(int identity, long time, int tail) {
    long[] times = frontTime;
    int[] inFront = frontIdentity;
    int at = tail;
    long before = times[at - 1];
    while (before > time) {
      times[at] = before;
      inFront[at] = inFront[at - 1];
      at--;
      before = times[at - 1];
    }
    times[at] = time;
    inFront[at] = identity;
    return at;
  }

  private void addToLongFront(int identity, long time, long now) {
    if (frontTail - frontHead >= LONGEST_FRONT) {
      returnFrontToWheel(now);
      addToWheel(identity, time);
      wheelSize++;
      return;
    }
    if (frontTail == FRONT_ROOM || frontHead == 1) {
      centreFront();
    }
    if (time < frontTime[(frontHead + frontTail) >>> 1]) {
      place[identity] = ~insertBehindHead(identity, time);
    } else {
      place[identity] = ~insertBeforeTail(identity, time, frontTail++);
    }
  }

  private int insertBehindHead(int identity, long time) {
    long[] times = frontTime;
    int[] inFront = frontIdentity;
    int at = --frontHead;
    takenBeforeFront++;
    times[at - 1] = Long.MIN_VALUE;
    long behind = times[at + 1];
    while (behind <= time) {
      times[at] = behind;
      inFront[at] = inFront[at + 1];
      at++;
      behind = times[at + 1];
    }
    times[at] = time;
    inFront[at] = identity;
    return at;
  }

  private void removeFromFront(Event event) {
    int head = frontHead;
    int tail = frontTail;
    long[] times = frontTime;
    int[] inFront = frontIdentity;
    int at = findInFront(event);
    if (at - head < tail - at) {
      for (int i = at; i > head; i--) {
        times[i] = times[i - 1];
        inFront[i] = inFront[i - 1];
      }
      times[head] = Long.MIN_VALUE;
      frontHead = head + 1;
      takenBeforeFront--;
    } else {
      for (int i = at + 1; i < tail; i++) {
        times[i - 1] = times[i];
        inFront[i - 1] = inFront[i];
      }
      frontTail = tail - 1;
    }
  }

  private int findInFront(Event event) {
    int identity = event.handle;
    int[] inFront = frontIdentity;
    int head = frontHead;
    int tail = frontTail;
    // Most are still close to where they were put.
    int likely = ~place[identity];
    if (likely >= head && likely < tail) {
      int before = likely;
      int behind = likely;
      while (before >= head && behind < tail) {
        if (inFront[before] == identity) {
          return before;
        }
        if (inFront[behind] == identity) {
          return behind;
        }
        before--;
        behind++;
      }
    }
    long time = event.timeNanos;
    long[] times = frontTime;
    int at = head;
    int left = tail - head;
    while (left > 0) {
      int half = (left + 1) >>> 1;
      at = times[at + half - 1] < time ? at + half : at;
      left -= half;
    }
    while (at < tail && inFront[at] != identity) {
      at++;
    }
    if (at >= tail) {
      throw foreign(event);
    }
    return at;
  }

  private void centreFront() {
    int size = frontTail - frontHead;
    int head = (FRONT_ROOM - size) / 2;
    System.arraycopy(frontTime, frontHead, frontTime, head, size);
    System.arraycopy(frontIdentity, frontHead, frontIdentity, head, size);
    frontTime[head - 1] = Long.MIN_VALUE;
    takenBeforeFront += frontHead - head;
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
      openWheel();
    } else if (levelShift[frontLevel] > 0) {
      divide(frontLevel, FEWEST_BITS);
    }
    base = now;
    horizon = now - 1;
    for (int i = frontHead; i < frontTail; i++) {
      addToWheel(frontIdentity[i], frontTime[i]);
    }
    wheelSize += frontTail - frontHead;
    emptyFront();
  }

  private void emptyFront() {
    takenBeforeFront += frontHead - LONGEST_FRONT;
    frontHead = LONGEST_FRONT;
    frontTail = LONGEST_FRONT;
    frontTime[LONGEST_FRONT - 1] = Long.MIN_VALUE;
  }

  // The wheel

  /** Gives the wheel, which is empty, eight levels of eight bits. */
  private void openWheel() {
    if (entries == null) {
      bucketHead = new int[LEVELS * SLOTS];
      bucketTail = new int[LEVELS * SLOTS];
      bucketSize = new int[LEVELS * SLOTS];
      bucketHoles = new int[LEVELS * SLOTS];
      entries = new long[64 * CHUNK];
      chunkNext = new int[64];
      unsorted = new long[SHORT_BUCKET];
      sorted = new long[SHORT_BUCKET];
      cell = new int[SLOTS + 1];
    }
    levelShift[0] = Long.SIZE - SLOT_BITS;
    Arrays.fill(levelOfBit, levelShift[0]);
    for (int level = 1; level < Long.BYTES; level++) {
      divide(level - 1, SLOT_BITS);
    }
  }

  /** Makes the next finer level, which is empty, a division of one of the level's buckets. */
  private void divide(int level, int bits) {
    int shift = levelShift[level];
    int finer = Math.max(shift - bits, 0);
    levelShift[level + 1] = finer;
    Arrays.fill(levelOfBit, 0, shift, (level + 1) * SLOTS + finer);
  }

  private int bucketOf(long time) {
    int level = levelOfBit[63 - Long.numberOfLeadingZeros((time ^ base) | 1)];
    // A shift takes the low six bits of its distance.
    return (level & -SLOTS) | ((int) (time >>> level) & SLOT_MASK);
  }

  private void addToWheel(int identity, long time) {
    place[identity] = append(bucketOf(time), ((long) identity << 32) | (time & 0xffff_ffffL));
  }

  /** Puts an entry behind the others of a bucket; returns where it is. */
  private int append(int bucket, long entry) {
    int at = bucketTail[bucket];
    if ((at & (CHUNK - 1)) == 0) {
      at = addChunk(bucket);
    }
    entries[at] = entry;
    bucketTail[bucket] = at + 1;
    bucketSize[bucket]++;
    return at;
  }

  /** Gives the bucket a chunk behind its last one, which is full; returns the chunk's start. */
  private int addChunk(int bucket) {
    int chunk = freeChunk;
    if (chunk != NONE) {
      freeChunk = chunkNext[chunk];
    } else {
      chunk = chunks++;
      if (chunk == chunkNext.length) {
        int length = grown(chunk);
        chunkNext = Arrays.copyOf(chunkNext, length);
        entries = Arrays.copyOf(entries, Math.multiplyExact(length, CHUNK));
      }
    }
    chunkNext[chunk] = NONE;
    if (bucketSize[bucket] == 0) {
      bucketHead[bucket] = chunk;
      occupied[bucket >>> 6] |= 1L << bucket;
      occupiedLevels |= 1 << (bucket >>> SLOT_BITS);
    } else {
      chunkNext[(bucketTail[bucket] - 1) >>> CHUNK_BITS] = chunk;
    }
    return chunk << CHUNK_BITS;
  }

  /** Frees a chunk; returns the one behind it. */
  private int freeChunk(int chunk) {
    int next = chunkNext[chunk];
    chunkNext[chunk] = freeChunk;
    freeChunk = chunk;
    return next;
  }

  private void removeFromWheel(Event event) {
    int bucket = bucketOf(event.timeNanos);
    int identity = event.handle;
    int at = place[identity];
    if (at < 0 || (int) (entries[at] >>> 32) != identity) {
      at = findInBucket(event, bucket);
    }
    entries[at] = HOLE;
    wheelSize--;
    int size = --bucketSize[bucket];
    int holes = ++bucketHoles[bucket];
    if (size == 0) {
      int chunk = bucketHead[bucket];
      clear(bucket);
      while (chunk != NONE) {
        chunk = freeChunk(chunk);
      }
      if (wheelSize == 0) {
        horizon = Long.MAX_VALUE;
      }
    } else if (holes > size && holes >= CHUNK) {
      pack(bucket);
    }
  }

  private int findInBucket(Event event, int bucket) {
    int chunk = bucketSize[bucket] == 0 ? NONE : bucketHead[bucket];
    while (chunk != NONE) {
      int at = chunk << CHUNK_BITS;
      for (int stop = at + CHUNK; at < stop; at++) {
        if ((int) (entries[at] >>> 32) == event.handle) {
          return at;
        }
      }
      chunk = chunkNext[chunk];
    }
    throw foreign(event);
  }

  private void clear(int bucket) {
    bucketTail[bucket] = 0;
    bucketSize[bucket] = 0;
    bucketHoles[bucket] = 0;
    int word = bucket >>> 6;
    occupied[word] &= ~(1L << bucket);
    int level = bucket >>> SLOT_BITS;
    long any = 0;
    for (int i = level * WORDS; i < (level + 1) * WORDS; i++) {
      any |= occupied[i];
    }
    if (any == 0) {
      occupiedLevels &= ~(1 << level);
    }
  }

  /** Writes a bucket anew without its holes. */
  private void pack(int bucket) {
    int chunk = bucketHead[bucket];
    int end = bucketTail[bucket];
    clear(bucket);
    while (chunk != NONE) {
      int at = chunk << CHUNK_BITS;
      int stop = chunkNext[chunk] == NONE ? end : at + CHUNK;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          place[(int) (entry >>> 32)] = append(bucket, entry);
        }
      }
      chunk = freeChunk(chunk);
    }
  }

  /**
   * Makes the earliest events of the wheel, which is not empty, the front, which is; returns false
   * if they lie beyond {@code limit}.
   */
  private boolean advance(long limit) {
    emptyFront();
    while (true) {
      int level = 31 - Integer.numberOfLeadingZeros(occupiedLevels);
      int word = level * WORDS;
      while (occupied[word] == 0) {
        word++;
      }
      int bucket = (word << 6) + Long.numberOfTrailingZeros(occupied[word]);
      int shift = levelShift[level];
      long above = base & (-1L << shift << SLOT_BITS);
      long start = above | ((long) (bucket & SLOT_MASK) << shift);
      boolean first = frontHead == frontTail;
      if (start > limit) {
        return !first;
      }
      int size = bucketSize[bucket];
      if (size <= (shift < ENTRY_BITS ? SHORT_BUCKET : FEW)) {
        if (first) {
          frontLevel = level;
        }
        addBucketToFront(bucket, start, shift);
        wheelSize -= size;
        gapEvents += size;
        base = start + (1L << shift) - 1;
        horizon = wheelSize == 0 ? Long.MAX_VALUE : base;
        if (wheelSize == 0 || frontTail - frontHead >= SHORTEST_FRONT) {
          return true;
        }
      } else if (!first) {
        return true;
      } else if (shift == 0) {
        frontLevel = level;
        base = start;
        horizon = start - 1;
        takeFirstOfInstant(bucket, start);
        return true;
      } else {
        base = start;
        horizon = start - 1;
        divide(level, bitsToSpread(start, shift, size));
        spread(bucket, shift, level + 1);
      }
    }
  }

  /**
   * Returns how wide the digit should be that divides a bucket: as many events are expected to
   * leave it as are in it now, or as have lately left in such a time.
   */
  private int bitsToSpread(long start, int shift, int size) {
    if (gapEvents >= GAP_EVENTS) {
      gap = Math.max((start - gapMark) / gapEvents, 1);
      gapMark = start;
      gapEvents = 0;
    }
    long expected = Math.max(size, (1L << shift) / gap);
    int bits = Long.SIZE - Long.numberOfLeadingZeros((expected - 1) / SPREAD_LENGTH);
    return Math.min(Math.max(bits, FEWEST_BITS), SLOT_BITS);
  }

  /** Moves a bucket, of width {@code 1 << shift}, to the level, which is empty. */
  private void spread(int bucket, int shift, int level) {
    int chunk = bucketHead[bucket];
    int end = bucketTail[bucket];
    boolean search = bucketSize[bucket] <= LONGEST_SEARCH;
    clear(bucket);
    int finer = levelShift[level];
    long within = (1L << shift) - 1;
    long start = base;
    boolean known = shift <= ENTRY_BITS;
    int firstBucket = level * SLOTS;
    while (chunk != NONE) {
      int at = chunk << CHUNK_BITS;
      int stop = chunkNext[chunk] == NONE ? end : at + CHUNK;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          long time = known ? start | (entry & within) : events[(int) (entry >>> 32)].timeNanos;
          append(firstBucket + ((int) (time >>> finer) & SLOT_MASK), entry);
        }
      }
      chunk = freeChunk(chunk);
    }
    for (int slot = search ? SLOTS : 0; slot < SLOTS; slot++) {
      if (bucketSize[firstBucket + slot] > LONGEST_SEARCH) {
        place(firstBucket + slot);
      }
    }
  }

  /** Notes the place of every event of a bucket without holes. */
  private void place(int bucket) {
    int chunk = bucketHead[bucket];
    while (chunk != NONE) {
      int at = chunk << CHUNK_BITS;
      int next = chunkNext[chunk];
      int stop = next == NONE ? bucketTail[bucket] : at + CHUNK;
      for (; at < stop; at++) {
        place[(int) (entries[at] >>> 32)] = at;
      }
      chunk = next;
    }
  }

  /** Moves the first events of a bucket of one instant to the front, which is empty. */
  private void takeFirstOfInstant(int bucket, long time) {
    int chunk = bucketHead[bucket];
    int tail = frontTail;
    while (tail - frontHead < INSTANT_FRONT) {
      int at = chunk << CHUNK_BITS;
      for (int stop = at + CHUNK; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          int identity = (int) (entry >>> 32);
          frontTime[tail] = time;
          frontIdentity[tail] = identity;
          place[identity] = IN_FRONT;
          tail++;
        } else {
          bucketHoles[bucket]--;
        }
      }
      chunk = freeChunk(chunk);
    }
    bucketHead[bucket] = chunk;
    bucketSize[bucket] -= tail - frontTail;
    wheelSize -= tail - frontTail;
    frontTail = tail;
  }

  /** Puts a bucket, whose earliest possible time is {@code start}, sorted behind the front. */
  private void addBucketToFront(int bucket, long start, int shift) {
    int from = frontTail;
    if (shift < ENTRY_BITS) {
      int size = gather(bucket, (1L << shift) - 1);
      long[] times = size < FEW ? unsorted : distribute(size, shift);
      sortByInsertion(times, size);
      for (int i = 0; i < size; i++) {
        long entry = times[i];
        frontTime[from + i] = start + (entry >>> 32);
        frontIdentity[from + i] = (int) entry;
      }
      frontTail = from + size;
    } else {
      insertBucket(bucket);
    }
    if (identities > CACHED_EVENTS) {
      int sum = 0;
      for (int i = from; i < frontTail; i++) {
        int identity = frontIdentity[i];
        sum += events[identity].handle + place[identity];
      }
      loaded = sum;
    }
  }

  /** Takes a bucket, its entries turned about: time within the bucket, identity. */
  private int gather(int bucket, long within) {
    int chunk = bucketHead[bucket];
    int end = bucketTail[bucket];
    clear(bucket);
    long[] gathered = unsorted;
    int size = 0;
    while (chunk != NONE) {
      int at = chunk << CHUNK_BITS;
      int stop = chunkNext[chunk] == NONE ? end : at + CHUNK;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          gathered[size++] = ((entry & within) << 32) | (entry >>> 32);
        }
      }
      chunk = freeChunk(chunk);
    }
    return size;
  }

  /** One stable counting pass over what was gathered, about one event a cell. */
  private long[] distribute(int size, int shift) {
    int bits = Math.min(32 - Integer.numberOfLeadingZeros(size - 1), shift);
    int cellShift = 32 + shift - bits;
    int[] cells = cell;
    long[] from = unsorted;
    long[] to = sorted;
    Arrays.fill(cells, 0, (1 << bits) + 1, 0);
    for (int i = 0; i < size; i++) {
      cells[(int) (from[i] >>> cellShift) + 1]++;
    }
    for (int i = 1; i < 1 << bits; i++) {
      cells[i] += cells[i - 1];
    }
    for (int i = 0; i < size; i++) {
      long entry = from[i];
      to[cells[(int) (entry >>> cellShift)]++] = entry;
    }
    return to;
  }

  /** Sorts by the upper half: stable, and linear on what is sorted. */
  private static void sortByInsertion(long[] times, int size) {
    for (int i = 1; i < size; i++) {
      long entry = times[i];
      long equal = entry | 0xffff_ffffL;
      int at = i;
      while (at > 0 && times[at - 1] > equal) {
        times[at] = times[at - 1];
        at--;
      }
      times[at] = entry;
    }
  }

  /** Inserts the few events of a wide bucket into the front. */
  private void insertBucket(int bucket) {
    int chunk = bucketHead[bucket];
    int end = bucketTail[bucket];
    clear(bucket);
    while (chunk != NONE) {
      int at = chunk << CHUNK_BITS;
      int stop = chunkNext[chunk] == NONE ? end : at + CHUNK;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          int identity = (int) (entry >>> 32);
          long time = events[identity].timeNanos;
          int to = frontTail++;
          while (frontTime[to - 1] > time) {
            frontTime[to] = frontTime[to - 1];
            frontIdentity[to] = frontIdentity[to - 1];
            to--;
          }
          frontTime[to] = time;
          frontIdentity[to] = identity;
        }
      }
      chunk = freeChunk(chunk);
    }
  }
}
