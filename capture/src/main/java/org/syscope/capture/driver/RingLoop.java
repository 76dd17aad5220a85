package org.syscope.capture.driver;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource.Next;

/**
 * Takes a driver's events out of its rings, oldest first, and naps where there are none: the kernel side does not wake a
 * reader, as a wake-up for each event would cost more than the event. Naps grow while nothing comes, to 5 ms at most, in
 * which no ring of the default size can fill.
 */
final class RingLoop {

    private static final long LONGEST_FIRST_NAP_NANOS = 2_000_000;
    private static final long SHORTEST_NAP_NANOS = 200_000;
    private static final long MAX_NAP_NANOS = 5_000_000;
    /** So many bytes a ns no stream of calls writes, by far: a nap of that length is safe. */
    private static final int BYTES_A_NANO = 8;

    /** After so many events, and so long, new CPUs are looked for although the rings have more. */
    private static final int LOOK_EVENTS = 1 << 10;
    private static final long LOOK_NANOS = MAX_NAP_NANOS;

    private final Owner owner;
    private RingMerger merger;
    private final long firstNap;
    private long nap;
    private int sinceLook;
    private long lastLook = System.nanoTime();
    private volatile boolean stopRequested;
    private volatile boolean capturing = true;
    private volatile Thread reader;

    /** What the loop asks of the driver whose rings these are. */
    interface Owner {

        /**
         * Called between two looks into empty rings, and now and then where they are never empty: gives rings to CPUs that
         * have come.
         */
        void serveNewCpus() throws IOException;

        /** Called when the capture has ended and all rings are empty: points at the last notification of losses, if any. */
        boolean nextLastLoss(Event event) throws IOException;
    }

    /**
     * A loop over rings.
     *
     * @param ringBytes size of one of them: the smaller, the shorter are naps
     */
    RingLoop(Owner owner, RingMerger merger, long ringBytes) {
        this.owner = owner;
        this.merger = merger;
        this.firstNap = Math.clamp(ringBytes / BYTES_A_NANO, SHORTEST_NAP_NANOS, LONGEST_FIRST_NAP_NANOS);
        this.nap = firstNap;
    }

    /** Goes on with these rings, of which the earlier ones may be some. */
    void merger(RingMerger rings) throws IOException {
        merger.leave();
        merger = rings;
    }

    /** See {@link Driver#next}. */
    Next next(Event event) throws IOException {
        if (++sinceLook == LOOK_EVENTS) {
            sinceLook = 0;
            look();
        }
        while (true) {
            if (merger.next(event)) {
                nap = firstNap;
                return Next.EVENT;
            }
            if (!capturing) {
                return owner.nextLastLoss(event) ? Next.EVENT : Next.END;
            }
            owner.serveNewCpus();
            if (stopRequested) {
                stopRequested = false;
                return Next.IDLE;
            }
            if (nap >= MAX_NAP_NANOS) {
                sleep(MAX_NAP_NANOS);
                if (!merger.next(event)) {
                    return Next.IDLE;
                }
                nap = firstNap;
                return Next.EVENT;
            }
            sleep(merger.waitsForSlack() ? firstNap : nap);
            nap = merger.waitsForSlack() ? nap : Math.min(MAX_NAP_NANOS, nap * 2);
        }
    }

    private void look() throws IOException {
        long now = System.nanoTime();
        if (capturing && now - lastLook >= LOOK_NANOS) {
            lastLook = now;
            owner.serveNewCpus();
        }
    }

    private void sleep(long nanos) {
        reader = Thread.currentThread();
        LockSupport.parkNanos(this, nanos);
    }

    /** How full the fullest ring is, 0 to 1. */
    double fill() {
        return merger.fill();
    }

    /** The kernel side writes no more: what is in the rings is handed out, then comes the end. */
    void end() {
        merger.drain();
        capturing = false;
    }

    /** See {@link Driver#stop}. */
    void stop() {
        stopRequested = true;
        Thread waiting = reader;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
