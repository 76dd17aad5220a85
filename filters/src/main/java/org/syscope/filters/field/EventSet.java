package org.syscope.filters.field;

import java.util.Arrays;

/** An immutable set of kinds of events, one bit for each kind of an {@link EventSpace}. */
public final class EventSet {
    private final EventSpace space;
    private final long[] bits;

    private EventSet(EventSpace space, long[] bits) {
        this.space = space;
        this.bits = bits;
    }

    /** Decides for one kind of event. */
    @FunctionalInterface
    public interface KindTest {
        /** See {@link TypeField#extract(int, int, FieldValue)} for the codes. */
        boolean test(int eventCode, int syscallCode);
    }

    /** Every kind. */
    public static EventSet all(EventSpace space) {
        return none(space).not();
    }

    /** No kind. */
    public static EventSet none(EventSpace space) {
        return new EventSet(space, new long[(space.size() + 63) >>> 6]);
    }

    /** The kinds for which the test holds. */
    public static EventSet where(EventSpace space, KindTest test) {
        long[] bits = new long[(space.size() + 63) >>> 6];
        for (int i = 0; i < space.size(); i++) {
            if (test.test(space.eventCode(i), space.syscallCode(i))) {
                bits[i >>> 6] |= 1L << i;
            }
        }
        return new EventSet(space, bits);
    }

    /** The space whose kinds are meant. */
    public EventSpace space() {
        return space;
    }

    /** Whether events with these codes belong to the set. */
    public boolean contains(int eventCode, int syscallCode) {
        int i = space.index(eventCode, syscallCode);
        return (bits[i >>> 6] >>> i & 1) != 0;
    }

    /** What both sets hold. */
    public EventSet and(EventSet other) {
        long[] result = bits.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= other.bits[i];
        }
        return new EventSet(space, result);
    }

    /** What one of the sets holds. */
    public EventSet or(EventSet other) {
        long[] result = bits.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] |= other.bits[i];
        }
        return new EventSet(space, result);
    }

    /** What this set does not hold. */
    public EventSet not() {
        long[] result = new long[bits.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = ~bits[i];
        }
        int used = space.size() & 63;
        if (used != 0) {
            result[result.length - 1] &= (1L << used) - 1;
        }
        return new EventSet(space, result);
    }

    /** Whether the set holds nothing. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** Whether the set holds every kind. */
    public boolean isAll() {
        return not().isEmpty();
    }

    /** Number of kinds in the set; the two unused numbers of generic types count as any other. */
    public int size() {
        int sum = 0;
        for (long word : bits) {
            sum += Long.bitCount(word);
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSet set && space.equals(set.space) && Arrays.equals(bits, set.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return "EventSet[" + size() + " of " + space.size() + "]";
    }
}
