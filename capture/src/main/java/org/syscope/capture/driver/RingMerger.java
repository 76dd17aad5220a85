package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;
import org.syscope.capture.event.Event;

/**
 * Merges the rings of all CPUs into one stream ordered by time. Within a ring events are in order; between rings, an
 * event may be taken only when no other ring can still receive an earlier one. So each round reads the clock first, then
 * looks into all rings, and hands out what is older than that reading less a slack for programs that have taken their
 * time stamp but not yet written the event. What is younger waits for the next round.
 *
 * <p>A round costs a system call for the clock. Where it gave few events the reader has caught up, and rounds would follow
 * each other at once, for an event or two each; so after such a one the caller is told that there is nothing, naps, and
 * finds more.
 *
 * <p>A binary heap of the rings that have a record, by the time of that record. Allocates nothing per event. Memory goes
 * back to the kernel side after {@link #RELEASE_BYTES} taken, and at the end of each round.
 */
final class RingMerger {

    /** Time a program may take between its time stamp and the end of its write, ns. */
    static final long SLACK_NANOS = 200_000;

    /** A round of fewer events has caught up with the kernel side: at a million a second, what comes in 200 us. */
    static final int FEW_EVENTS = 200;

    /** Taken bytes of one ring after which they are given back within a round. */
    static final int RELEASE_BYTES = 256 << 10;

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final EventRing[] rings;
    private final LongSupplier clock;
    private final EventRing[] heap;
    private final long[] times;
    private final long[] places;
    private final int[] taken;
    private final int[] index;
    private int size;
    private int inRound;
    private long horizon = Long.MIN_VALUE;
    private boolean handedOut;
    private boolean draining;

    /**
     * Merges these rings.
     *
     * @param clock the clock of the events' time stamps, ns since the epoch
     */
    RingMerger(EventRing[] rings, LongSupplier clock) {
        this.rings = rings.clone();
        this.clock = clock;
        this.heap = new EventRing[rings.length];
        this.times = new long[rings.length];
        this.places = new long[rings.length];
        this.taken = new int[rings.length];
        this.index = new int[rings.length];
    }

    /** From now on nothing new is written: everything that is there is handed out, however young. */
    void drain() {
        draining = true;
    }

    /**
     * Points {@code event} at the oldest event of all rings.
     *
     * @return false if there is none that may be taken now, or only few came last
     */
    boolean next(Event event) throws IOException {
        if (handedOut) {
            handedOut = false;
            stepOver();
        }
        if (size == 0 || times[0] > horizon) {
            if (inRound > 0 && inRound < FEW_EVENTS && !draining) {
                inRound = 0;
                release();
                return false;
            }
            newRound();
            if (size == 0 || times[0] > horizon) {
                return false;
            }
        }
        EventRing ring = heap[0];
        event.wrap(ring.segment(), places[0], ring.length(), ring.cpu(), 0);
        handedOut = true;
        inRound++;
        return true;
    }

    /** How full the fullest ring is, 0 to 1. */
    double fill() {
        double most = 0;
        for (EventRing ring : rings) {
            most = Math.max(most, ring.fill());
        }
        return most;
    }

    /** Takes what was handed out and gives all that was taken back: another merger may go on with these rings. */
    void leave() throws IOException {
        if (handedOut) {
            handedOut = false;
            stepOver();
        }
        for (EventRing ring : rings) {
            ring.release();
        }
    }

    /** Whether a round found events that are too young yet: a very short wait is enough. */
    boolean waitsForSlack() {
        return size > 0;
    }

    private void stepOver() throws IOException {
        EventRing ring = heap[0];
        int at = index[0];
        int length = ring.length();
        ring.take();
        taken[at] += length;
        if (taken[at] > RELEASE_BYTES) {
            taken[at] = 0;
            ring.release();
        }
        long place = ring.peek();
        if (place >= 0) {
            places[0] = place;
            times[0] = ring.segment().get(I64, place);
        } else {
            size--;
            move(size, 0);
        }
        siftDown();
    }

    private void newRound() throws IOException {
        horizon = draining ? Long.MAX_VALUE : clock.getAsLong() - SLACK_NANOS;
        size = 0;
        inRound = 0;
        release();
        for (int i = 0; i < rings.length; i++) {
            EventRing ring = rings[i];
            long place = ring.peek();
            if (place >= 0) {
                push(i, place, ring.segment().get(I64, place));
            }
        }
    }

    private void release() {
        for (int i = 0; i < rings.length; i++) {
            if (taken[i] > 0) {
                taken[i] = 0;
                rings[i].release();
            }
        }
    }

    private void push(int ring, long place, long time) {
        int child = size++;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (times[parent] <= time) {
                break;
            }
            move(parent, child);
            child = parent;
        }
        put(child, ring, place, time);
    }

    private void siftDown() {
        if (size < 2) {
            return;
        }
        int ring = index[0];
        long place = places[0];
        long time = times[0];
        int parent = 0;
        while (true) {
            int child = 2 * parent + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= time) {
                break;
            }
            move(child, parent);
            parent = child;
        }
        put(parent, ring, place, time);
    }

    private void move(int from, int to) {
        heap[to] = heap[from];
        times[to] = times[from];
        places[to] = places[from];
        index[to] = index[from];
    }

    private void put(int at, int ring, long place, long time) {
        heap[at] = rings[ring];
        index[at] = ring;
        places[at] = place;
        times[at] = time;
    }
}
