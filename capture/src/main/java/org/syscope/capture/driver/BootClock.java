package org.syscope.capture.driver;

import java.util.function.LongSupplier;
import org.syscope.capture.linux.Clock;
import org.syscope.capture.linux.ErrnoException;

/** The clock of a driver's time stamps: one of the kernel's, moved to the epoch once, so that clock steps do not show. */
final class BootClock implements LongSupplier {

    private final Clock clock;
    private final long bootEpoch;

    /** CLOCK_BOOTTIME with what must be added to it, ns. */
    BootClock(long bootEpoch) {
        this(Clock.BOOTTIME, bootEpoch);
    }

    /** A clock with what must be added to it, ns. */
    BootClock(Clock clock, long bootEpoch) {
        this.clock = clock;
        this.bootEpoch = bootEpoch;
    }

    @Override
    public long getAsLong() {
        try {
            return clock.nanos() + bootEpoch;
        } catch (ErrnoException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
