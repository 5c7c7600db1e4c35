// SPDX-License-Identifier: Apache-2.0
package org.poolsim.engine;

import java.util.Arrays;

/**
 * The pending events beyond the front's horizon: a monotone radix wheel whose digits are as wide as
 * the events are dense.
 *
 * <p>Levels of up to 1024 buckets; a level divides one bucket of the coarser level before it. An
 * event lies at the level to which the highest bit belongs in which its time differs from the
 * {@link #base}, in the slot that the level's bits of its time name. The earliest bucket of the
 * finest level in use is next. {@link EventSet} takes it, if it is short, or has it spread over a
 * finer level, whose digit is just wide enough to make its buckets short: 4 to 10 bits. So an event
 * moves once or twice, however many are pending.
 *
 * <p>A bucket keeps the order of arrival, and spreading keeps the order within the bucket; bucket
 * and level are functions of time and base, so all events of one time are in one bucket.
 *
 * <p><b>Layout.</b> Buckets are chains of chunks of one array of primitive entries (identity of the
 * event, low 32 bits of its time). Spreading a bucket streams through memory, touches no event and
 * stores nothing that a garbage collector watches.
 *
 * <p><b>Cancelling</b> empties the entry. To find it, {@link #place} says where it was put while
 * few events are known, for a write to a small table costs nothing. Among many it would be a cache
 * miss for each event: there a bucket is searched if it is short; else the places of all that it
 * holds are noted, once, and from then on those of all that come to it. A bucket more than half
 * empty is packed, so that memory stays proportional to what is pending.
 */
final class Wheel {
  private static final int SLOT_BITS = 10;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int SLOT_MASK = SLOTS - 1;
  private static final int WORD_BITS = SLOT_BITS - 6;

  /** A spread bucket's digit is at least this wide; with 16 levels it always fits. */
  private static final int FEWEST_BITS = 4;

  private static final int LEVELS = 16;

  /** As many levels of the widest digit as 64 bits of time take. */
  private static final int FIRST_LEVELS = 7;

  /** Within a bucket of at most 2 to this, the 32 bits of time in an entry tell its place. */
  private static final int ENTRY_BITS = 32;

  /**
   * Length of a chunk, 2 to this: a line of the cache while few events are known, and longer as
   * they become more. (A bucket's last chunk is half empty on average, and most buckets hold few.)
   */
  private static final int SMALLEST_CHUNK_BITS = 3;

  private static final int LARGEST_CHUNK_BITS = 7;

  /**
   * So many events, 2 to this, are known to the smallest chunks; to the next, four times as many.
   */
  private static final int SMALLEST_CHUNK_EVENTS = 11;

  /** Entries in a line of a processor's cache. */
  private static final int LINE = 8;

  private static final int NONE = -1;
  private static final long HOLE = -1;

  /** A bucket is spread over buckets that are expected to have a length between these. */
  private static final int SHORTEST_SPREAD = 6;

  private static final int LONGEST_SPREAD = 160;

  /** The time between events is measured over at least so many. */
  private static final int GAP_EVENTS = 64;

  /** A bucket longer than this is not searched. */
  private static final int LONGEST_SEARCH = 256;

  /** While at most so many events are known, every place is noted. */
  private static final int FEW_EVENTS = 1 << 14;

  // The mean time between events, lately, in nanoseconds; and what was taken since the mark.
  private long gap = Long.MAX_VALUE;
  private long gapMark;
  private int gapEvents;

  /**
   * The digits of time that levels and slots are relative to; no time in the wheel is before it.
   */
  private long base;

  /**
   * By the highest bit in which a time differs from the base: level * SLOTS + shift of its digit.
   */
  private final int[] levelOfBit = new int[64];

  private final int[] levelShift = new int[LEVELS];

  // By bucket (level * SLOTS + slot) its first chunk, its end, what it holds, and whether its
  // places are noted. Level 0 is the coarsest; there is room for the levels used so far.
  private int levels = FIRST_LEVELS;
  private int[] bucketHead = new int[FIRST_LEVELS * SLOTS];
  private int[] bucketTail = new int[FIRST_LEVELS * SLOTS];
  private int[] bucketSize = new int[FIRST_LEVELS * SLOTS];
  private int[] bucketHoles = new int[FIRST_LEVELS * SLOTS];
  private long[] noted = new long[FIRST_LEVELS * SLOTS / 64];

  // One bit a bucket, one a word of these, one a level.
  private long[] occupied = new long[FIRST_LEVELS * SLOTS / 64];
  private final int[] occupiedWords = new int[LEVELS];
  private int occupiedLevels;
  private int size;

  // What no bucket holds is a HOLE: an entry with the identity of an event that is pending here is
  // where that event is.
  private int chunkBits = SMALLEST_CHUNK_BITS;
  private int chunkLength = 1 << SMALLEST_CHUNK_BITS;
  private long[] entries = new long[64 << SMALLEST_CHUNK_BITS];
  private int[] chunkNext = new int[64];
  private int freeChunk = NONE;
  private int chunks;

  // By identity: the event; and where its entry is or once was, or anything.
  private Event[] events;
  private int[] place;
  private boolean noteAll;

  // The bucket that is next.
  private int bucket;

  /** Where the loops that load data into the caches leave their sum, so that it is not removed. */
  @SuppressWarnings("UnusedVariable")
  private long loaded;

  Wheel(Event[] events, int[] place) {
    identities(events, place);
    Arrays.fill(entries, HOLE);
    reset(0);
  }

  /** Takes over the tables by identity, which have grown. */
  void identities(Event[] newEvents, int[] newPlace) {
    events = newEvents;
    place = newPlace;
    noteAll = newEvents.length <= FEW_EVENTS;
    int log = Integer.SIZE - Integer.numberOfLeadingZeros(newEvents.length - 1);
    int wanted = SMALLEST_CHUNK_BITS + Math.max(log - SMALLEST_CHUNK_EVENTS + 1, 0) / 2;
    if (chunkBits < Math.min(wanted, LARGEST_CHUNK_BITS)) {
      enlargeChunks(Math.min(wanted, LARGEST_CHUNK_BITS));
    }
  }

  int size() {
    return size;
  }

  /** Returns the bytes held. */
  long memoryBytes() {
    return (long) entries.length * Long.BYTES
        + (long) chunkNext.length * Integer.BYTES
        + 4L * bucketHead.length * Integer.BYTES
        + 2L * occupied.length * Long.BYTES;
  }

  /** Makes the next finer level, which is empty, a division of one of the level's buckets. */
  private void divide(int level, int bits) {
    int shift = levelShift[level];
    int finer = Math.max(shift - bits, 0);
    if (level + 1 == levels) {
      addLevel();
    }
    levelShift[level + 1] = finer;
    Arrays.fill(levelOfBit, 0, shift, (level + 1) * SLOTS + finer);
  }

  private void addLevel() {
    levels++;
    int buckets = levels * SLOTS;
    bucketHead = Arrays.copyOf(bucketHead, buckets);
    bucketTail = Arrays.copyOf(bucketTail, buckets);
    bucketSize = Arrays.copyOf(bucketSize, buckets);
    bucketHoles = Arrays.copyOf(bucketHoles, buckets);
    noted = Arrays.copyOf(noted, buckets / 64);
    occupied = Arrays.copyOf(occupied, buckets / 64);
  }

  // Adding and removing

  private int bucketOf(long time) {
    int level = levelOfBit[63 - Long.numberOfLeadingZeros((time ^ base) | 1)];
    // A shift takes the low six bits of its distance.
    return (level & -SLOTS) | ((int) (time >>> level) & SLOT_MASK);
  }

  void add(int identity, long time) {
    append(bucketOf(time), ((long) identity << 32) | (time & 0xffff_ffffL));
    size++;
  }

  /** Puts an entry behind the others of a bucket. */
  private void append(int to, long entry) {
    int at = bucketTail[to];
    if ((at & (chunkLength - 1)) == 0) {
      at = addChunk(to);
    }
    entries[at] = entry;
    bucketTail[to] = at + 1;
    bucketSize[to]++;
    if (noteAll || isNoted(to)) {
      place[(int) (entry >>> 32)] = at;
    }
  }

  private boolean isNoted(int which) {
    return (noted[which >>> 6] & (1L << which)) != 0;
  }

  /** Gives the bucket a chunk behind its last one, which is full; returns the chunk's start. */
  private int addChunk(int to) {
    int chunk = freeChunk;
    if (chunk != NONE) {
      freeChunk = chunkNext[chunk];
    } else {
      chunk = chunks++;
      if (chunk == chunkNext.length) {
        int length = Math.max(EventSet.grown(entries.length) >>> chunkBits, chunk + 1);
        chunkNext = Arrays.copyOf(chunkNext, length);
        entries = Arrays.copyOf(entries, Math.multiplyExact(length, chunkLength));
        Arrays.fill(entries, chunk << chunkBits, entries.length, HOLE);
      }
    }
    chunkNext[chunk] = NONE;
    if (bucketSize[to] == 0) {
      bucketHead[to] = chunk;
      int word = to >>> 6;
      int level = to >>> SLOT_BITS;
      occupied[word] |= 1L << to;
      occupiedWords[level] |= 1 << (word & ((1 << WORD_BITS) - 1));
      occupiedLevels |= 1 << level;
    } else {
      chunkNext[(bucketTail[to] - 1) >>> chunkBits] = chunk;
    }
    return chunk << chunkBits;
  }

  /** Writes all buckets anew, in chunks of a larger length. */
  private void enlargeChunks(int newBits) {
    int[] oldNext = chunkNext;
    long[] oldEntries = entries;
    int oldBits = chunkBits;
    int oldLength = chunkLength;
    chunkBits = newBits;
    chunkLength = 1 << newBits;
    entries = new long[64 << newBits];
    chunkNext = new int[64];
    Arrays.fill(entries, HOLE);
    freeChunk = NONE;
    chunks = 0;
    for (int which = 0; which < bucketSize.length; which++) {
      if (bucketSize[which] > 0) {
        int old = bucketHead[which];
        int end = bucketTail[which];
        bucketTail[which] = 0;
        bucketSize[which] = 0;
        bucketHoles[which] = 0;
        while (old != NONE) {
          int at = old << oldBits;
          int stop = oldNext[old] == NONE ? end : at + oldLength;
          for (; at < stop; at++) {
            if (oldEntries[at] >= 0) {
              append(which, oldEntries[at]);
            }
          }
          old = oldNext[old];
        }
      }
    }
  }

  /** Frees a chunk; returns the one behind it. */
  private int freeChunk(int chunk) {
    int next = chunkNext[chunk];
    chunkNext[chunk] = freeChunk;
    freeChunk = chunk;
    return next;
  }

  /** Takes an event out; returns false if it is not here. */
  boolean remove(int identity, long time) {
    int from = bucketOf(time);
    int at = place[identity];
    if (!isAt(identity, at)) {
      at = find(identity, from);
      if (at == NONE) {
        return false;
      }
    }
    entries[at] = HOLE;
    size--;
    int left = --bucketSize[from];
    int holes = ++bucketHoles[from];
    if (left == 0) {
      int chunk = bucketHead[from];
      clear(from);
      while (chunk != NONE) {
        chunk = freeChunk(chunk);
      }
    } else if (holes > left && holes >= chunkLength) {
      pack(from);
    }
    return true;
  }

  private boolean isAt(int identity, int at) {
    return at >= 0 && at < entries.length && (int) (entries[at] >>> 32) == identity;
  }

  private int find(int identity, int in) {
    if (bucketSize[in] == 0) {
      return NONE;
    }
    if (bucketSize[in] > LONGEST_SEARCH) {
      if (!isNoted(in)) {
        note(in);
      }
      int at = place[identity];
      return isAt(identity, at) ? at : NONE;
    }
    int chunk = bucketHead[in];
    while (chunk != NONE) {
      int at = chunk << chunkBits;
      for (int stop = at + chunkLength; at < stop; at++) {
        if ((int) (entries[at] >>> 32) == identity) {
          return at;
        }
      }
      chunk = chunkNext[chunk];
    }
    return NONE;
  }

  /** Notes the place of every event of a bucket, and of all that come to it. */
  private void note(int which) {
    noted[which >>> 6] |= 1L << which;
    int chunk = bucketHead[which];
    while (chunk != NONE) {
      int at = chunk << chunkBits;
      int next = chunkNext[chunk];
      int stop = next == NONE ? bucketTail[which] : at + chunkLength;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          place[(int) (entry >>> 32)] = at;
        }
      }
      chunk = next;
    }
  }

  private void clear(int which) {
    bucketTail[which] = 0;
    bucketSize[which] = 0;
    bucketHoles[which] = 0;
    int word = which >>> 6;
    noted[word] &= ~(1L << which);
    occupied[word] &= ~(1L << which);
    if (occupied[word] == 0) {
      int level = which >>> SLOT_BITS;
      occupiedWords[level] &= ~(1 << (word & ((1 << WORD_BITS) - 1)));
      if (occupiedWords[level] == 0) {
        occupiedLevels &= ~(1 << level);
      }
    }
  }

  /** Writes a bucket anew without its holes. */
  private void pack(int which) {
    int chunk = bucketHead[which];
    int end = bucketTail[which];
    boolean wasNoted = isNoted(which);
    clear(which);
    if (wasNoted) {
      noted[which >>> 6] |= 1L << which;
    }
    while (chunk != NONE) {
      int at = chunk << chunkBits;
      int stop = chunkNext[chunk] == NONE ? end : at + chunkLength;
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          append(which, entry);
        }
      }
      chunk = freeChunk(chunk);
    }
  }

  // The next bucket

  /** Finds the next bucket; the wheel is not empty. */
  void findNext() {
    int level = 31 - Integer.numberOfLeadingZeros(occupiedLevels);
    int word = (level << WORD_BITS) + Integer.numberOfTrailingZeros(occupiedWords[level]);
    bucket = (word << 6) + Long.numberOfTrailingZeros(occupied[word]);
  }

  /** Returns the level of the next bucket. */
  int nextLevel() {
    return bucket >>> SLOT_BITS;
  }

  /** Returns the width of the next bucket: 2 to this. */
  int nextShift() {
    return levelShift[bucket >>> SLOT_BITS];
  }

  /** Returns the earliest time that can be in the next bucket. */
  long nextStart() {
    int shift = nextShift();
    long above = base & (-1L << shift << SLOT_BITS);
    return above | ((long) (bucket & SLOT_MASK) << shift);
  }

  int nextSize() {
    return bucketSize[bucket];
  }

  /** Returns whether entries tell the times within the next bucket. */
  boolean nextIsNarrow() {
    return nextShift() < ENTRY_BITS;
  }

  /** What is added from now on is later than this and not before the clock's digits. */
  long base() {
    return base;
  }

  /** Moves the next bucket to a finer level. */
  void spreadNext() {
    int level = nextLevel();
    int shift = nextShift();
    base = nextStart();
    divide(level, bitsToSpread(base, shift, bucketSize[bucket]));
    spread(bucket, shift, level + 1);
  }

  /**
   * Returns how wide the digit should be that divides a bucket: as many events are expected to
   * leave it as are in it now, or as have lately left in such a time.
   */
  private int bitsToSpread(long start, int shift, int length) {
    if (gapEvents >= GAP_EVENTS) {
      gap = Math.max((start - gapMark) / gapEvents, 1);
      gapMark = start;
      gapEvents = 0;
    }
    long expected = Math.max(length, (1L << shift) / gap);
    int wanted = Math.min(Math.max(size >>> 4, SHORTEST_SPREAD), LONGEST_SPREAD);
    int bits = Long.SIZE - Long.numberOfLeadingZeros((expected - 1) / wanted);
    return Math.min(Math.max(bits, FEWEST_BITS), SLOT_BITS);
  }

  private void spread(int from, int shift, int level) {
    int chunk = bucketHead[from];
    int end = bucketTail[from];
    clear(from);
    int finer = levelShift[level];
    long within = (1L << shift) - 1;
    long start = base;
    boolean known = shift <= ENTRY_BITS;
    int firstBucket = level * SLOTS;
    boolean note = noteAll;
    int[] tails = bucketTail;
    int[] sizes = bucketSize;
    while (chunk != NONE) {
      int at = chunk << chunkBits;
      int stop = end;
      int next = chunkNext[chunk];
      if (next != NONE) {
        stop = at + chunkLength;
        touch(next);
      }
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          long time = known ? start | (entry & within) : events[(int) (entry >>> 32)].timeNanos;
          int to = firstBucket + ((int) (time >>> finer) & SLOT_MASK);
          int put = tails[to];
          if ((put & (chunkLength - 1)) == 0) {
            put = addChunk(to);
          }
          entries[put] = entry;
          tails[to] = put + 1;
          sizes[to]++;
          if (note) {
            place[(int) (entry >>> 32)] = put;
          }
        }
      }
      chunk = freeChunk(chunk);
    }
  }

  /** Loads a chunk, and where its successor is, ahead of its use. */
  private void touch(int chunk) {
    int at = chunk << chunkBits;
    long sum = chunkNext[chunk];
    for (int stop = at + chunkLength; at < stop; at += LINE) {
      sum += entries[at];
    }
    loaded = sum;
  }

  /** Moves the front, which began with a bucket of the level, back: the clock is the new base. */
  void rebase(int level, long now) {
    if (levelShift[level] > 0) {
      divide(level, FEWEST_BITS);
    }
    base = now;
  }

  /** Gives the wheel, which is empty, its first levels, and the clock as the base. */
  void reset(long now) {
    levelShift[0] = Long.SIZE - SLOT_BITS;
    Arrays.fill(levelOfBit, levelShift[0]);
    for (int level = 0; levelShift[level] > 0; level++) {
      divide(level, SLOT_BITS);
    }
    base = now;
  }

  /**
   * Takes the next bucket: into {@code to} go its entries turned about, time within the bucket in
   * the upper half (of a bucket that is not narrow only the low 32 bits of it), identity in the
   * lower. The base is then its end.
   */
  int takeNext(long[] to) {
    int from = bucket;
    int shift = nextShift();
    long within = (1L << shift) - 1;
    passNext();
    int chunk = bucketHead[from];
    int end = bucketTail[from];
    clear(from);
    int count = 0;
    while (chunk != NONE) {
      int at = chunk << chunkBits;
      int stop = end;
      int next = chunkNext[chunk];
      if (next != NONE) {
        stop = at + chunkLength;
        touch(next);
      }
      for (; at < stop; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          to[count++] = ((entry & within) << 32) | (entry >>> 32);
        }
      }
      chunk = freeChunk(chunk);
    }
    return count;
  }

  private void passNext() {
    int length = bucketSize[bucket];
    size -= length;
    gapEvents += length;
    base = nextStart() + (1L << nextShift()) - 1;
  }

  /**
   * Takes the first {@code wanted} events of the next bucket, which is one instant and holds more.
   * The base is then this instant.
   */
  void takeFirstOfInstant(int[] to, int wanted) {
    base = nextStart();
    int from = bucket;
    int chunk = bucketHead[from];
    int count = 0;
    while (count < wanted) {
      int at = chunk << chunkBits;
      int stop = at + chunkLength;
      for (; at < stop && count < wanted; at++) {
        long entry = entries[at];
        if (entry >= 0) {
          entries[at] = HOLE;
          bucketHoles[from]++;
          to[count++] = (int) (entry >>> 32);
        }
      }
      if (at == stop) {
        bucketHoles[from] -= chunkLength;
        chunk = freeChunk(chunk);
      }
    }
    bucketHead[from] = chunk;
    bucketSize[from] -= count;
    size -= count;
  }
}
