// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import java.util.Arrays;

/**
 * The pending events in the order (time, scheduling order): a monotone radix wheel over contiguous
 * buckets, with a short sorted front.
 *
 * <p><b>Front.</b> The events up to and including {@link #horizon}, sorted in an array. While few
 * events are pending the front holds them all and the horizon is the end of time.
 *
 * <p><b>Wheel.</b> An event beyond the horizon lies at the level of the highest base-256 digit in
 * which its time differs from the {@link #base} (the horizon), in the slot that this digit names: 8
 * levels of 256 buckets. When the front is empty, the lowest bucket of the lowest level is next. If
 * it is short it becomes the front and its end the horizon; else it is spread over the level below.
 * An event moves down at most once a level, and most never see the lowest ones, because a short
 * bucket is sorted at once.
 *
 * <p><b>Exact order without sequence numbers.</b> All events of one time are in one place: in one
 * bucket, because bucket and level are functions of time and horizon, or in the front. A bucket
 * keeps the order of arrival, spreading keeps the order within the bucket, sorting the front is
 * stable, and a new event goes behind all of its time. So equal times leave in the order in which
 * they were scheduled.
 *
 * <p><b>Layout.</b> Buckets are chains of chunks of one array of primitive entries (identity of the
 * event, low 32 bits of its time). Spreading a bucket streams through memory and stores nothing
 * that a garbage collector watches; events are dereferenced once, when their bucket becomes the
 * front, all of them in one loop whose cache misses overlap. Cancelling empties the entry in O(1);
 * a bucket more than half empty is packed, so that memory stays proportional to what is pending.
 *
 * <p>Cost (n pending, per event): schedule O(1), cancel O(1) amortized, next O(levels passed), in
 * bytes 16 beside the event itself (8 entry, 4 place, 4 reference).
 */
final class EventSet {
  private static final int DIGIT_BITS = 8;
  private static final int SLOTS = 1 << DIGIT_BITS;
  private static final int LEVELS = 64 / DIGIT_BITS;
  private static final int WORDS = SLOTS / 64;

  /** Up to here the 32 bits of time that an entry holds tell its place within its bucket. */
  private static final int LAST_SHORT_LEVEL = 32 / DIGIT_BITS;

  private static final int CHUNK_BITS = 5;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int NONE = -1;
  private static final long HOLE = -1;

  /** A bucket up to this length is sorted at once. */
  private static final int SHORT_BUCKET = 192;

  /** Below this length a bucket is sorted by insertion alone. */
  private static final int FEW = 12;

  /** A front longer than this goes back into the wheel, at lower levels. */
  private static final int LONGEST_FRONT = 256;

  /** {@link #place} of an event that is being fired. */
  private static final int FIRING = Integer.MIN_VALUE;

  // By identity: the event; and its index in entries, or ~(its likely index in the front), or
  // FIRING, or the next free identity.
  private Event[] events = new Event[64];
  private int[] place = new int[64];
  private int freeIdentity = NONE;
  private int identities;

  // The front, sorted, from frontHead to frontTail; emptied entries have a negative identity.
  private long[] frontTime = new long[2 * LONGEST_FRONT];
  private int[] frontIdentity = new int[2 * LONGEST_FRONT];
  private final long[] sortTime = new long[SHORT_BUCKET];
  private final int[] sortIdentity = new int[SHORT_BUCKET];
  private final int[] cell = new int[SLOTS + 1];
  private int frontHead;
  private int frontTail;
  private int frontSize;
  private long horizon = Long.MAX_VALUE;

  // The digits of time that levels and slots are relative to; no time in the wheel is before it.
  private long base;

  // The wheel: by bucket (level * SLOTS + slot) its first chunk, its end, and what it holds.
  private final int[] bucketHead = new int[LEVELS * SLOTS];
  private final int[] bucketTail = new int[LEVELS * SLOTS];
  private final int[] bucketSize = new int[LEVELS * SLOTS];
  private final int[] bucketHoles = new int[LEVELS * SLOTS];
  private final long[] occupied = new long[LEVELS * WORDS];
  private int occupiedLevels;
  private int wheelSize;

  private long[] entries = new long[64 * CHUNK];
  private int[] chunkNext = new int[64];
  private int freeChunk = NONE;
  private int chunks;

  int size() {
    return frontSize + wheelSize;
  }

  /**
   * Makes the front hold the next event; returns false if there is none up to {@code limit}. No
   * bucket is taken that starts beyond the limit: the clock must not stay behind the front's
   * bucket.
   */
  boolean prepareNext(long limit) {
    return frontSize > 0 || (wheelSize > 0 && advance(limit));
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
    return (long) events.length * (reference + Integer.BYTES)
        + (long) entries.length * Long.BYTES
        + (long) chunkNext.length * Integer.BYTES
        + (long) (frontTime.length + SHORT_BUCKET) * (Long.BYTES + Integer.BYTES)
        + 4L * LEVELS * SLOTS * Integer.BYTES;
  }

  /** Takes the next event out; only after {@link #prepareNext} returned true. */
  Event takeNext() {
    int identity = frontIdentity[frontHead];
    Event event = events[identity];
    event.handle = ~identity;
    place[identity] = FIRING;
    dropFrontHead();
    return event;
  }

  /** Ends the firing of an event: unless it was scheduled anew, its identity is free again. */
  void fired(Event event, int handle) {
    int identity = ~handle;
    if (place[identity] == FIRING) {
      if (event.handle == handle) {
        event.handle = Event.UNKNOWN;
      }
      release(identity);
    }
  }

  /** Adds an event that is not pending. */
  void add(Event event, long time, long now) {
    event.timeNanos = time;
    int identity = ~event.handle;
    if (event.handle == Event.UNKNOWN || identity >= identities || events[identity] != event) {
      identity = identify(event);
    }
    event.handle = identity;
    if (time <= horizon) {
      addToFront(identity, time, now);
    } else {
      addToWheel(identity, time);
      wheelSize++;
    }
  }

  /** Takes a pending event out. */
  void remove(Event event) {
    int identity = event.handle;
    if (identity >= identities || events[identity] != event) {
      throw new IllegalStateException("the event is pending in another simulator: " + event);
    }
    int at = place[identity];
    if (at < 0) {
      removeFromFront(identity, event.timeNanos, ~at);
    } else {
      removeFromWheel(at, event.timeNanos);
    }
    event.handle = ~identity;
    place[identity] = FIRING;
  }

  /** Forgets the identity of an event that was removed and is not scheduled anew. */
  void forget(Event event) {
    int identity = ~event.handle;
    event.handle = Event.UNKNOWN;
    release(identity);
  }

  // Identities

  private int identify(Event event) {
    int identity = freeIdentity;
    if (identity != NONE) {
      freeIdentity = place[identity];
    } else {
      identity = identities++;
      if (identity == events.length) {
        events = Arrays.copyOf(events, grown(identity));
        place = Arrays.copyOf(place, events.length);
      }
    }
    events[identity] = event;
    return identity;
  }

  private void release(int identity) {
    events[identity] = null;
    place[identity] = freeIdentity;
    freeIdentity = identity;
  }

  /** Doubles what is small; large arrays grow by an eighth, to waste little. */
  private static int grown(int length) {
    return length < 1 << 16 ? length * 2 : length + (length >>> 3);
  }

  // The front

  private void addToFront(int identity, long time, long now) {
    if (frontSize >= LONGEST_FRONT && frontTime[frontHead] != horizon) {
      returnFrontToWheel(now);
      addToWheel(identity, time);
      wheelSize++;
      return;
    }
    if (frontTail == frontTime.length) {
      packFront();
    }
    int at;
    int middle = (frontHead + frontTail) >>> 1;
    if (frontHead > 0 && frontSize > 0 && time < frontTime[middle]) {
      at = --frontHead;
      while (frontTime[at + 1] <= time) {
        frontTime[at] = frontTime[at + 1];
        frontIdentity[at] = frontIdentity[at + 1];
        at++;
      }
    } else {
      at = frontTail++;
      while (at > frontHead && frontTime[at - 1] > time) {
        frontTime[at] = frontTime[at - 1];
        frontIdentity[at] = frontIdentity[at - 1];
        at--;
      }
    }
    frontTime[at] = time;
    frontIdentity[at] = identity;
    place[identity] = ~at;
    frontSize++;
  }

  private void removeFromFront(int identity, long time, int likely) {
    int at = likely;
    if (at < frontHead || at >= frontTail || frontIdentity[at] != identity) {
      at = firstOfTime(time);
      while (frontIdentity[at] != identity) {
        at++;
      }
    }
    if (at == frontHead) {
      dropFrontHead();
    } else {
      frontIdentity[at] = NONE;
      frontSize--;
    }
  }

  private void dropFrontHead() {
    frontSize--;
    if (frontSize == 0) {
      frontHead = 0;
      frontTail = 0;
      return;
    }
    do {
      frontHead++;
    } while (frontIdentity[frontHead] < 0);
  }

  private int firstOfTime(long time) {
    int low = frontHead;
    int high = frontTail;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (frontTime[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Moves the front to the start of its arrays, without the emptied entries. */
  private void packFront() {
    if (frontSize > frontTime.length / 2) {
      int length = grown(frontTime.length);
      frontTime = Arrays.copyOf(frontTime, length);
      frontIdentity = Arrays.copyOf(frontIdentity, length);
    }
    int to = 0;
    for (int from = frontHead; from < frontTail; from++) {
      int identity = frontIdentity[from];
      if (identity >= 0) {
        frontTime[to] = frontTime[from];
        frontIdentity[to] = identity;
        place[identity] = ~to;
        to++;
      }
    }
    frontHead = 0;
    frontTail = to;
  }

  /**
   * Puts the front back into the wheel, relative to the clock. The levels below that of the bucket
   * which the front came from are empty, and the clock, which is within that bucket, agrees with
   * the old base in the digits from that level up: the rest of the wheel stays where it is.
   */
  private void returnFrontToWheel(long now) {
    base = now;
    horizon = now - 1;
    for (int from = frontHead; from < frontTail; from++) {
      int identity = frontIdentity[from];
      if (identity >= 0) {
        addToWheel(identity, frontTime[from]);
      }
    }
    wheelSize += frontSize;
    frontHead = 0;
    frontTail = 0;
    frontSize = 0;
  }

  // The wheel

  private int bucketOf(long time) {
    return bucketOfDifference(time ^ base, time);
  }

  private static int bucketOfDifference(long difference, long time) {
    int shift = (63 - Long.numberOfLeadingZeros(difference | 1)) & -DIGIT_BITS;
    return shift * (SLOTS / DIGIT_BITS) + ((int) (time >>> shift) & (SLOTS - 1));
  }

  private void addToWheel(int identity, long time) {
    append(bucketOf(time), identity, time);
  }

  private void append(int bucket, int identity, long time) {
    int at = bucketTail[bucket];
    if ((at & (CHUNK - 1)) == 0) {
      at = addChunk(bucket);
    }
    entries[at] = (long) identity << 32 | (time & 0xffff_ffffL);
    place[identity] = at;
    bucketTail[bucket] = at + 1;
    bucketSize[bucket]++;
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
      occupiedLevels |= 1 << (bucket >>> DIGIT_BITS);
    } else {
      chunkNext[(bucketTail[bucket] - 1) >>> CHUNK_BITS] = chunk;
    }
    return chunk << CHUNK_BITS;
  }

  private void removeFromWheel(int at, long time) {
    int bucket = bucketOf(time);
    entries[at] = HOLE;
    wheelSize--;
    int size = --bucketSize[bucket];
    int holes = ++bucketHoles[bucket];
    if (size == 0) {
      int chunk = bucketHead[bucket];
      clear(bucket);
      while (chunk != NONE) {
        int next = chunkNext[chunk];
        chunkNext[chunk] = freeChunk;
        freeChunk = chunk;
        chunk = next;
      }
      if (wheelSize == 0 && frontSize <= SHORT_BUCKET) {
        horizon = Long.MAX_VALUE;
      }
    } else if (holes > size && holes >= CHUNK) {
      pack(bucket);
    }
  }

  private void clear(int bucket) {
    bucketTail[bucket] = 0;
    bucketSize[bucket] = 0;
    bucketHoles[bucket] = 0;
    int word = bucket >>> 6;
    occupied[word] &= ~(1L << bucket);
    int level = bucket >>> DIGIT_BITS;
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
      int next = chunkNext[chunk];
      int stop = next == NONE ? end : at + CHUNK;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          append(bucket, (int) (entry >>> 32), entry);
        }
      }
      chunkNext[chunk] = freeChunk;
      freeChunk = chunk;
      chunk = next;
    }
  }

  /**
   * Makes the earliest events of the wheel, which is not empty, the front, which is; returns false
   * if they lie beyond {@code limit}.
   */
  private boolean advance(long limit) {
    while (true) {
      int level = Integer.numberOfTrailingZeros(occupiedLevels);
      int word = level * WORDS;
      while (occupied[word] == 0) {
        word++;
      }
      int bucket = (word << 6) + Long.numberOfTrailingZeros(occupied[word]);
      int shift = level * DIGIT_BITS;
      long above = level == LEVELS - 1 ? 0 : base & -1L << shift << DIGIT_BITS;
      long start = above | (long) (bucket & (SLOTS - 1)) << shift;
      if (start > limit) {
        return false;
      }
      int size = bucketSize[bucket];
      if (size <= SHORT_BUCKET || level == 0) {
        wheelSize -= size;
        base = start + (1L << shift) - 1;
        horizon = wheelSize == 0 && size <= SHORT_BUCKET ? Long.MAX_VALUE : base;
        makeFront(bucket, start);
        return true;
      }
      base = start;
      horizon = start - 1;
      spread(bucket, level);
    }
  }

  /** Moves a bucket to the level below; the base is its first instant. */
  private void spread(int bucket, int level) {
    int chunk = bucketHead[bucket];
    int end = bucketTail[bucket];
    clear(bucket);
    boolean whole = level > LAST_SHORT_LEVEL;
    long within = level >= LAST_SHORT_LEVEL ? 0xffff_ffffL : (1L << (level * DIGIT_BITS)) - 1;
    while (chunk != NONE) {
      int next = chunkNext[chunk];
      int at = chunk << CHUNK_BITS;
      int stop = next == NONE ? end : at + CHUNK;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          int identity = (int) (entry >>> 32);
          if (whole) {
            addToWheel(identity, events[identity].timeNanos);
          } else {
            append(bucketOfDifference(entry & within, entry), identity, entry);
          }
        }
      }
      chunkNext[chunk] = freeChunk;
      freeChunk = chunk;
      chunk = next;
    }
  }

  /** Sorts a bucket, whose earliest possible time is {@code start}, into the front. */
  private void makeFront(int bucket, long start) {
    int size = bucketSize[bucket];
    int shift = bucket >>> DIGIT_BITS << 3;
    frontHead = 0;
    frontTail = size;
    frontSize = size;
    if (size > frontTime.length) {
      int length = Math.max(size, grown(frontTime.length));
      frontTime = new long[length];
      frontIdentity = new int[length];
    }
    if (size < FEW || shift == 0) {
      takeBucket(bucket, frontTime, frontIdentity);
    } else {
      takeBucket(bucket, sortTime, sortIdentity);
      distribute(start, size, shift);
    }
    sortFront();
    for (int i = 0; i < size; i++) {
      place[frontIdentity[i]] = ~i;
    }
  }

  private void takeBucket(int bucket, long[] times, int[] identitiesTaken) {
    int chunk = bucketHead[bucket];
    int end = bucketTail[bucket];
    clear(bucket);
    int to = 0;
    while (chunk != NONE) {
      int next = chunkNext[chunk];
      int at = chunk << CHUNK_BITS;
      int stop = next == NONE ? end : at + CHUNK;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          int identity = (int) (entry >>> 32);
          identitiesTaken[to] = identity;
          times[to] = events[identity].timeNanos;
          to++;
        }
      }
      chunkNext[chunk] = freeChunk;
      freeChunk = chunk;
      chunk = next;
    }
  }

  /** One stable counting pass from the scratch arrays into the front, about one event a cell. */
  private void distribute(long start, int size, int shift) {
    int[] cells = cell;
    long[] times = sortTime;
    int cellBits = Math.min(32 - Integer.numberOfLeadingZeros(size - 1), DIGIT_BITS);
    int cellShift = shift - cellBits;
    Arrays.fill(cells, 0, (1 << cellBits) + 1, 0);
    for (int i = 0; i < size; i++) {
      cells[(int) ((times[i] - start) >>> cellShift) + 1]++;
    }
    for (int i = 1; i < 1 << cellBits; i++) {
      cells[i] += cells[i - 1];
    }
    for (int i = 0; i < size; i++) {
      long time = times[i];
      int to = cells[(int) ((time - start) >>> cellShift)]++;
      frontTime[to] = time;
      frontIdentity[to] = sortIdentity[i];
    }
  }

  /** Insertion sort: stable, and linear on what is sorted. */
  private void sortFront() {
    long[] times = frontTime;
    int[] identitiesInFront = frontIdentity;
    for (int i = 1; i < frontTail; i++) {
      long time = times[i];
      if (times[i - 1] > time) {
        int identity = identitiesInFront[i];
        int at = i;
        do {
          times[at] = times[at - 1];
          identitiesInFront[at] = identitiesInFront[at - 1];
          at--;
        } while (at > 0 && times[at - 1] > time);
        times[at] = time;
        identitiesInFront[at] = identity;
      }
    }
  }
}
