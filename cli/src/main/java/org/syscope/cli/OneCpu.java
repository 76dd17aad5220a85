package org.syscope.cli;

import org.syscope.capture.linux.Affinity;

/**
 * Decides when the threads of a trace keep to one CPU. They are preferred to others, so that nothing is lost; where CPUs are few
 * they would take turns from what is traced on every CPU, although one is enough for them. So they stay together on one for as
 * long as the rings stay nearly empty, and take all again when a ring fills.
 */
final class OneCpu {

    /** What binds threads. */
    interface Binding {
        /** Those of the trace to one CPU. */
        void keepToOne();

        /** All threads to all CPUs. */
        void spread();
    }

    /** With more CPUs than these there is nearly always an idle one. */
    private static final int MOST_CPUS = 4;

    /** A ring that is less full than that is nearly empty. */
    private static final double EMPTY = 1.0 / 16;
    /** One that is as full as that is filling. */
    private static final double FILLING = 1.0 / 8;
    /** So many events a second disturb nobody. */
    private static final long FEW_A_SECOND = 100_000;
    private static final long SECOND = 1_000_000_000;
    /** So long the rings have to stay nearly empty, ns. */
    private static final long PROOF = SECOND / 10;
    /** After rings have filled, so long at least, and each time twice as long, ns. */
    private static final long FIRST_REST = SECOND;
    private static final long LONGEST_REST = 64 * SECOND;

    private final Binding binding;
    private boolean bound;
    private long since;
    private long before;
    private long rest = FIRST_REST;
    private long restEnd;
    private boolean began;

    OneCpu(Binding binding) {
        this.binding = binding;
    }

    /**
     * For the calling thread, which takes the events, and those that work for it. Does nothing where CPUs are many, or there is
     * one.
     *
     * @param allowed whether they may be bound at all
     */
    static OneCpu ofThisThread(boolean allowed) {
        Affinity affinity = new Affinity();
        boolean few = affinity.count() > 1 && affinity.count() <= MOST_CPUS;
        return new OneCpu(new Binding() {
            @Override
            public void keepToOne() {
                if (allowed && few) {
                    affinity.keepToOne();
                }
            }

            @Override
            public void spread() {
                if (allowed && few) {
                    affinity.spread();
                }
            }
        });
    }

    /**
     * Looks at how it goes; every few ms where events come, otherwise now and then.
     *
     * @param now ns, of a clock that only grows
     * @param fill how full the fullest ring is, 0 to 1
     * @param total how many events have come so far
     */
    void look(long now, double fill, long total) {
        if (!began) {
            began = true;
            restEnd = now;
            begin(now, total);
        }
        if (bound) {
            if (fill >= FILLING) {
                spread();
                restEnd = now + rest;
                rest = Math.min(LONGEST_REST, 2 * rest);
                begin(now, total);
            }
        } else if (fill >= EMPTY) {
            begin(now, total);
        } else if (now - since >= PROOF) {
            if (now - restEnd >= 0 && total - before > FEW_A_SECOND * (now - since) / SECOND) {
                bound = true;
                binding.keepToOne();
            }
            begin(now, total);
        }
    }

    private void begin(long now, long total) {
        since = now;
        before = total;
    }

    /** The trace ends: whatever is left to do may be done on all CPUs. */
    void spread() {
        if (bound) {
            bound = false;
            binding.spread();
        }
    }
}
